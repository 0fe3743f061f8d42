package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.dashboard.simulation.SimulatedExperiment;
import dev.longtail.dashboard.simulation.SimulatedJob;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the interface refuses, protects and forgets. */
class ApiRulesITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String ONE = "/api/experiments/formula";

    @TempDir static Path dir;
    private static FormulaSite formula;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        formula = FormulaSite.start(dir);
        api = formula.api();
    }

    @AfterAll
    static void stop() {
        formula.close();
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

    @ParameterizedTest
    @ValueSource(strings = {"/memorization?limit=300", "/memorization.csv"})
    void sendsBrowsersTheSameCompressed(String path) throws IOException {
        HttpResponse<byte[]> plain = api.get(ONE + path);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().firstValue("Vary")).contains("Accept-Encoding");
        // The second time it is the one that was compressed for the first.
        for (int time = 0; time < 2; time++) {
            HttpResponse<byte[]> small = api.get(ONE + path, "Accept-Encoding", "gzip, br");
            assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(small.headers().firstValue("Vary")).contains("Accept-Encoding");
            assertThat(small.headers().firstValue("Content-Type"))
                    .isEqualTo(plain.headers().firstValue("Content-Type"));
            assertThat(small.body()).hasSizeLessThan(plain.body().length);
            try (InputStream unpacked =
                    new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
            }
        }
    }

    @Test
    void asksForTheTokenWhereOneIsSet() throws Exception {
        Path file = Files.writeString(dir.resolve("token"), "s3cret\n");
        try (Dashboard guarded =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, null).withTokenFile(file),
                        formula.site().kafka())) {
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
                new SimulatedExperiment("short", formula.site().bootstrapServers(), few, i -> "")) {
            shortLived.describe(false);
            new SimulatedJob(shortLived).refresh(30, 5);
            await().atMost(PATIENCE).until(() -> trialsOf("short") == 30);
            shortLived.deleteTopics();
            await().atMost(PATIENCE)
                    .until(() -> api.get("/api/experiments/short").statusCode() == 404);
            SimulatedTrials others = new SimulatedTrials(25, 10, 2, true, 6);
            try (SimulatedExperiment again =
                    new SimulatedExperiment(
                            "short", formula.site().bootstrapServers(), others, i -> "")) {
                again.describe(false);
                new SimulatedJob(again).refresh(20, 5);
                await().atMost(PATIENCE).until(() -> trialsOf("short") == 20);
                assertThat(api.json("/api/experiments/short/memorization").path("matching").asInt())
                        .isEqualTo(25);
            }
        }
    }

    /** They come over a topic of their own, and may come last. */
    @Test
    void answersWithNamesThatArriveAfterTheFigures() throws Exception {
        SimulatedTrials few = new SimulatedTrials(40, 10, 2, true, 5);
        try (SimulatedExperiment unnamed =
                new SimulatedExperiment(
                        "unnamed", formula.site().bootstrapServers(), few, i -> "")) {
            unnamed.describeWithoutExamples();
            new SimulatedJob(unnamed).refresh(30, 5);
            await().atMost(PATIENCE).until(() -> trialsOf("unnamed") == 30);
            String question = "/api/experiments/unnamed/memorization?sort=index&descending=false";
            assertThat(api.json(question).at("/rows/0/name").asText()).isEmpty();
            unnamed.publishPictures(40);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(api.json(question).at("/rows/0/name").asText())
                                            .isEqualTo("train-0"));
            unnamed.deleteTopics();
        }
    }

    private static int trialsOf(String output) {
        HttpResponse<byte[]> page = api.get("/api/experiments/" + output + "/memorization");
        return page.statusCode() == 200 ? Api.parse(page.body()).path("trials").asInt() : -1;
    }
}
