package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of the JSON interface against the plain formula. */
class ApiITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String ONE = "/api/experiments/formula";

    @TempDir static Path dir;
    private static FormulaSite formula;
    private static SimulatedTrials trials;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        formula = FormulaSite.start(dir);
        trials = formula.trials();
        api = formula.api();
    }

    @AfterAll
    static void stop() {
        formula.close();
    }

    @Test
    void answersWithTheEstimatesOfThePlainFormula() {
        JsonNode page = api.json(ONE + "/memorization?limit=500");
        assertThat(page.path("matching").asInt()).isEqualTo(300);
        double last = Double.POSITIVE_INFINITY;
        for (JsonNode row : page.path("rows")) {
            int i = row.path("index").asInt();
            double value = row.path("value").asDouble();
            assertThat(value).isCloseTo(trials.memorization(i), within(1e-12));
            assertThat(row.path("standardError").asDouble())
                    .isCloseTo(trials.memorizationError(i), within(1e-12));
            assertThat(row.path("label").asInt()).isEqualTo(trials.trainLabel(i));
            assertThat(value).isLessThanOrEqualTo(last + 1e-7);
            last = value;
        }
    }

    @Test
    void countsTheHistogramAndFillsTheRange() {
        JsonNode histogram = api.json(ONE + "/memorization/histogram?bins=40&class=2");
        long sum = 0;
        for (JsonNode count : histogram.path("counts")) {
            sum += count.asLong();
        }
        long ofClass = IntStream.range(0, 300).filter(i -> trials.trainLabel(i) == 2).count();
        assertThat(sum + histogram.path("undefined").asLong()).isEqualTo(ofClass);
        JsonNode range = api.json(ONE + "/memorization?from=0.25&to=0.9&limit=500");
        assertThat(range.path("matching").asLong())
                .isEqualTo(
                        IntStream.range(0, 300)
                                .mapToDouble(trials::memorization)
                                .filter(m -> m >= 0.25 && m <= 0.9)
                                .count());
    }

    @Test
    void listsTheHighInfluencePairsOfThePaperRule() {
        JsonNode page = api.json(ONE + "/pairs?memorization=0.25&from=0.15&limit=500");
        long expected = 0;
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 120; j++) {
                expected +=
                        trials.memorization(i) >= 0.25 && trials.influence(i, j) >= 0.15 ? 1 : 0;
            }
        }
        assertThat(page.path("matching").asLong()).isEqualTo(expected);
        for (JsonNode row : page.path("rows")) {
            assertThat(row.path("value").asDouble())
                    .isCloseTo(
                            trials.influence(row.path("train").asInt(), row.path("test").asInt()),
                            within(1e-12));
        }
        JsonNode rows = api.json(ONE + "/influence?memorization=0.25&from=0.15&limit=500");
        assertThat(rows.path("pairs").asLong()).isEqualTo(expected);
        assertThat(rows.path("expectedFalse").asDouble()).isPositive();
    }

    @Test
    void drawsACurveWithItsBandFromTheHistory() {
        JsonNode answer = api.json(ONE + "/examples/train/5");
        JsonNode curve = answer.path("curve");
        assertThat(curve).hasSize(6);
        double width = 3;
        for (JsonNode point : curve) {
            assertThat(point.path("value").asDouble())
                    .isBetween(point.path("lower").asDouble(), point.path("upper").asDouble());
            assertThat(point.path("upper").asDouble() - point.path("lower").asDouble())
                    .isLessThan(width);
            width = point.path("upper").asDouble() - point.path("lower").asDouble() + 0.1;
        }
        assertThat(curve.get(5).path("trials").asInt()).isEqualTo(360);
    }

    @Test
    void tellsWhoHelpsATestExample() {
        JsonNode found = api.json(ONE + "/examples/test/7/influences?most=5");
        assertThat(found.path("helpful")).hasSize(5);
        assertThat(found.path("harmful")).hasSize(5);
        double best =
                IntStream.range(0, 300)
                        .mapToDouble(i -> trials.influence(i, 7))
                        .max()
                        .orElseThrow();
        double worst =
                IntStream.range(0, 300)
                        .mapToDouble(i -> trials.influence(i, 7))
                        .min()
                        .orElseThrow();
        assertThat(found.path("helpful").get(0).path("value").asDouble())
                .isCloseTo(best, within(1e-12));
        assertThat(found.path("harmful").get(0).path("value").asDouble())
                .isCloseTo(worst, within(1e-12));
    }

    @Test
    void showsTheLatestDeadLetters() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                api.json(ONE + "/rejected")
                                                        .path("latest")
                                                        .path(0)
                                                        .path("message")
                                                        .asText())
                                        .contains("postcard"));
    }

    @Test
    void servesPictures() throws Exception {
        HttpResponse<byte[]> picture = api.get(ONE + "/examples/test/3/picture");
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth()).isEqualTo(28);
    }

    @Test
    void answersAsItsDescriptionSays() {
        JsonNode document = api.json("/assets/openapi.json");
        document.path("paths").properties().stream()
                // Questions to the running job, which there is not: LiveChainITCase.
                .filter(path -> !path.getKey().contains("/query/"))
                .forEach(
                        path -> {
                            JsonNode schema =
                                    path.getValue()
                                            .at(
                                                    "/get/responses/200/content/application~1json/schema");
                            if (!schema.isMissingNode()) {
                                String address =
                                        path.getKey()
                                                .replace("{output}", "formula")
                                                .replace("{split}", "train")
                                                .replace("{index}", "17");
                                String query =
                                        address.startsWith("/api/compare")
                                                ? "?a=formula&b=formula"
                                                : "";
                                DocumentedShape.conforms(
                                        document, schema, api.json(address + query), address);
                            }
                        });
    }
}
