package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.dashboard.simulation.SimulatedExperiment;
import dev.longtail.dashboard.simulation.SimulatedJob;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON interface against the plain formula, and what keeps the server safe. */
class ApiITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ONE = "/api/experiments/formula";

    @TempDir static Path dir;
    private static TestBroker broker;
    private static SimulatedExperiment experiment;
    private static SimulatedTrials trials;
    private static SimulatedJob job;
    private static Dashboard dashboard;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(dir.resolve("broker"));
        trials = new SimulatedTrials(300, 120, 7, true, 3);
        experiment =
                new SimulatedExperiment(
                        "formula", broker.bootstrapServers(), trials, i -> "=cmd|' /C calc'!" + i);
        experiment.describe(true);
        job = new SimulatedJob(experiment);
        job.introduce("00".repeat(16));
        for (int k = 0; k < 6; k++) {
            job.refresh(60, 9);
        }
        job.reject("expected a trial, found a postcard");
        dashboard =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, null),
                        KafkaSettings.of(broker.bootstrapServers()));
        api = new Api(dashboard.url());
        awaitTrials(api, 360);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        experiment.close();
        broker.close();
    }

    private static void awaitTrials(Api api, int count) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                api.get(ONE + "/memorization").statusCode() == 200
                                        && api.json(ONE + "/memorization").path("trials").asInt()
                                                == count);
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
    void offersFilesForSpreadsheetsAndNotebooks() throws Exception {
        HttpResponse<byte[]> csv = api.get(ONE + "/memorization.csv?sort=index&descending=false");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"formula-memorization.csv\"");
        List<String> lines = new String(csv.body(), StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(301);
        assertThat(lines.get(1)).startsWith("0,\"'=cmd|' /C calc'!0\",").contains("360");

        Path file = dir.resolve("pairs.npz");
        Files.write(file, api.get(ONE + "/pairs.npz?memorization=0.25&from=0.15").body());
        try (NpzFile.Reader reader = NpzFile.INSTANCE.read(file)) {
            long[] train = reader.get("tr_idx", 1 << 16).asLongArray();
            long[] test = reader.get("tt_idx", 1 << 16).asLongArray();
            double[] influence = reader.get("infl", 1 << 16).asDoubleArray();
            assertThat(influence).isNotEmpty();
            for (int k = 0; k < influence.length; k++) {
                assertThat(influence[k])
                        .isCloseTo(trials.influence((int) train[k], (int) test[k]), within(1e-12));
            }
        }
        Files.write(file, api.get(ONE + "/memorization.npz").body());
        try (NpzFile.Reader reader = NpzFile.INSTANCE.read(file)) {
            double[] memorization = reader.get("memorization", 1 << 16).asDoubleArray();
            assertThat(memorization).hasSize(300);
            assertThat(memorization[17]).isCloseTo(trials.memorization(17), within(1e-12));
        }
    }

    @Test
    void answersAsItsDescriptionSays() {
        JsonNode document = api.json("/assets/openapi.json");
        document.path("paths")
                .properties()
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
                                conforms(document, schema, api.json(address + query), address);
                            }
                        });
    }

    private static void conforms(JsonNode document, JsonNode schema, JsonNode value, String at) {
        JsonNode resolved =
                schema.has("$ref")
                        ? document.at(schema.path("$ref").asText().substring(1))
                        : schema.has("oneOf") ? firstOf(document, schema) : schema;
        if (value.isNull()) {
            return;
        }
        if (resolved.has("properties")) {
            TreeSet<String> documented = new TreeSet<>();
            resolved.path("properties").fieldNames().forEachRemaining(documented::add);
            TreeSet<String> found = new TreeSet<>();
            value.fieldNames().forEachRemaining(found::add);
            assertThat(found).as(at).containsAll(documented);
            resolved.path("properties")
                    .properties()
                    .forEach(
                            p ->
                                    conforms(
                                            document,
                                            p.getValue(),
                                            value.path(p.getKey()),
                                            at + "/" + p.getKey()));
        } else if (resolved.has("items") && !value.isEmpty()) {
            conforms(document, resolved.path("items"), value.get(0), at + "[0]");
        }
    }

    private static JsonNode firstOf(JsonNode document, JsonNode schema) {
        return document.at(schema.path("oneOf").get(0).path("$ref").asText().substring(1));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/experiments/other,404,no experiment or replay is called 'other'",
        "/api/experiments/formula/memorization?limit=100000,400,expected 1 <= limit <= 500",
        "/api/experiments/formula/memorization?from=NaN,400,found NaN",
        "/api/experiments/formula/memorization?sort=size,400,expected one of memorization",
        "/api/experiments/formula/memorization?from=x,400,expected a number in 'from'",
        "/api/experiments/formula/examples/train/300,404,expected an index from 0 to 299",
        "/api/experiments/formula/examples/train/-1,404,expected an index from 0 to 299",
        "/api/experiments/formula/examples/dev/1,404,'expected train or test, found ''dev'''",
        "/api/compare?a=formula,400,expected a parameter 'b'",
        "/api/nothing,404,nothing at this address"
    })
    void saysWhatIsWrong(String path, int status, String detail) {
        HttpResponse<byte[]> response = api.get(path.replace("'", "%27"));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = Api.parse(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).contains(detail);
    }

    @Test
    void sendsStrictHeadersWithEveryAnswer() {
        for (String path : List.of("/assets/main.js", ONE, ONE + "/memorization.csv")) {
            assertThat(api.get(path).headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("default-src 'none'"));
        }
    }

    @Test
    void asksForTheTokenWhereOneIsSet() throws Exception {
        Path file = Files.writeString(dir.resolve("token"), "s3cret\n");
        try (Dashboard guarded =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, null).withTokenFile(file),
                        KafkaSettings.of(broker.bootstrapServers()))) {
            Api outside = new Api(guarded.url());
            assertThat(outside.get("/").statusCode()).isEqualTo(200);
            assertThat(outside.get("/api/experiments").statusCode()).isEqualTo(401);
            assertThat(outside.get("/api/events", "Accept", "text/event-stream").statusCode())
                    .isEqualTo(401);
            assertThat(
                            outside.get("/api/experiments", "Authorization", "Bearer wrong")
                                    .statusCode())
                    .isEqualTo(401);
            assertThat(
                            outside.get("/api/experiments", "Authorization", "Bearer s3cret")
                                    .statusCode())
                    .isEqualTo(200);
            HttpResponse<byte[]> session =
                    outside.send(
                            HttpRequest.newBuilder(URI.create(guarded.url() + "api/session"))
                                    .header("Authorization", "Bearer s3cret")
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build());
            String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("s3cret");
            assertThat(outside.get("/api/experiments", "Cookie", cookie.split(";")[0]).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void forgetsADeletedExperimentAndStartsAnewWithItsName() throws Exception {
        SimulatedTrials few = new SimulatedTrials(40, 10, 2, true, 5);
        try (SimulatedExperiment shortLived =
                new SimulatedExperiment("short", broker.bootstrapServers(), few, i -> "")) {
            shortLived.describe(false);
            new SimulatedJob(shortLived).refresh(30, 5);
            await().atMost(PATIENCE).until(() -> trialsOf("short") == 30);
            shortLived.deleteTopics();
            await().atMost(PATIENCE)
                    .until(() -> api.get("/api/experiments/short").statusCode() == 404);
            SimulatedTrials others = new SimulatedTrials(25, 10, 2, true, 6);
            try (SimulatedExperiment again =
                    new SimulatedExperiment("short", broker.bootstrapServers(), others, i -> "")) {
                again.describe(false);
                new SimulatedJob(again).refresh(20, 5);
                await().atMost(PATIENCE).until(() -> trialsOf("short") == 20);
                assertThat(api.json("/api/experiments/short/memorization").path("matching").asInt())
                        .isEqualTo(25);
            }
        }
    }

    private static int trialsOf(String output) {
        HttpResponse<byte[]> page = api.get("/api/experiments/" + output + "/memorization");
        return page.statusCode() == 200 ? Api.parse(page.body()).path("trials").asInt() : -1;
    }
}
