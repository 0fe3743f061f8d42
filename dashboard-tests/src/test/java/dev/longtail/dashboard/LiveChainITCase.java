package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.aggregator.command.QueryCommand;
import dev.longtail.dashboard.simulation.LiveChain;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The interface on the real chain: broker, Flink job, queryable state. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveChainITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TRIALS = 400;

    @TempDir static Path dir;
    private static LiveChain chain;
    private static SimulatedTrials trials;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        trials = new SimulatedTrials(600, 240, 10, true, 11);
        chain = LiveChain.start(dir, "chain", trials);
        api = new Api(chain.url());
        chain.experiment().publishTrials(TRIALS);
        chain.experiment().publishPoison("no trial".getBytes(StandardCharsets.UTF_8));
        eventually(
                () -> {
                    JsonNode status = api.json("/api/experiments/chain/status");
                    assertThat(status.path("trials").asInt()).isEqualTo(TRIALS);
                    assertThat(status.path("rejected").asInt()).isEqualTo(1);
                });
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    @Order(1)
    void showsTheFiguresOfThePlainFormula() {
        eventually(
                () -> {
                    JsonNode page =
                            api.json(
                                    "/api/experiments/chain/memorization?sort=index&descending=false&limit=500");
                    assertThat(page.path("trials").asInt()).isEqualTo(TRIALS);
                    for (JsonNode row : page.path("rows")) {
                        int i = row.path("index").asInt();
                        assertThat(row.path("value").asDouble())
                                .isCloseTo(trials.memorization(i), within(1e-12));
                        assertThat(row.path("standardError").asDouble())
                                .isCloseTo(trials.memorizationError(i), within(1e-12));
                    }
                });
    }

    @Test
    @Order(2)
    void readsInfluencesFromTheRunningJob() {
        eventually(
                () -> {
                    JsonNode found =
                            api.json("/api/experiments/chain/examples/train/17/influences?most=50");
                    assertThat(found.path("source").asText()).isEqualTo("state");
                    assertThat(found.path("trials").asInt()).isEqualTo(TRIALS);
                    assertThat(found.path("harmful")).hasSize(50);
                    for (JsonNode pair : found.path("helpful")) {
                        assertThat(pair.path("value").asDouble())
                                .isCloseTo(
                                        trials.influence(17, pair.path("test").asInt()),
                                        within(1e-12));
                    }
                });
    }

    /** What the command reads itself it also gets from the dashboard, to the letter. */
    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "mem 17",
                "mem 17 --json",
                "influence 17 23",
                "influence 17 23 --json",
                "top --train 17 --most 3",
                "top --test 23 --json",
                "top --test 23 --most 200"
            })
    void answersQueriesAsTheCommandDoes(String question) {
        String own = query(0, question + " --bootstrap-servers " + chain.bootstrapServers());

        assertThat(own).contains(question.contains("--json") ? "\"trials\":400" : "400");
        assertThat(query(0, question + " --url " + chain.url())).isEqualTo(own);
        assertThat(query(0, question + " --experiment chain --url " + chain.url())).isEqualTo(own);
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({
        "mem, ?train=17",
        "influence, ?train=17&test=23",
        "top, ?train=17&most=3",
        "top, ?test=23"
    })
    void answersQueriesAsItsDescriptionSays(String question, String parameters) {
        JsonNode document = api.json("/assets/openapi.json");
        JsonNode schema =
                document.path("paths")
                        .path("/api/experiments/{output}/query/" + question)
                        .at("/get/responses/200/content/application~1json/schema");
        assertThat(schema.isMissingNode()).isFalse();
        DocumentedShape.conforms(
                document,
                schema,
                api.json("/api/experiments/chain/query/" + question + parameters),
                question);
    }

    @Test
    @Order(2)
    void saysWhyAQuestionHasNoAnswer() {
        assertThat(api.get("/api/experiments/chain/query/mem?train=600").statusCode())
                .isEqualTo(404);
        assertThat(api.get("/api/experiments/chain/query/top?most=1").statusCode()).isEqualTo(400);
        assertThat(query(1, "mem 600 --url " + chain.url()))
                .contains("expected the index of a training example from 0 to 599, found 600");
    }

    private static String query(int exitCode, String arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                new CommandLine(new QueryCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));
        assertThat(command.execute(arguments.split(" "))).as(err.toString()).isEqualTo(exitCode);
        return exitCode == 0 ? out.toString() : err.toString();
    }

    @Test
    @Order(3)
    void surveysTheInfluenceOfClassesOnClasses() {
        eventually(
                () -> {
                    JsonNode survey = api.json("/api/experiments/chain/classes/influence");
                    assertThat(survey.path("mostTrials").asInt()).isEqualTo(TRIALS);
                    double sum = 0;
                    int pairs = 0;
                    for (int i = 0; i < trials.trainSize(); i++) {
                        for (int j = 0; j < trials.testSize(); j++) {
                            if (trials.trainLabel(i) == 2 && trials.testLabel(j) == 3) {
                                sum += trials.influence(i, j);
                                pairs++;
                            }
                        }
                    }
                    assertThat(survey.path("mean").get(2).get(3).asDouble())
                            .isCloseTo(sum / pairs, within(1e-12));
                    assertThat(survey.path("pairs").get(2).get(3).asInt()).isEqualTo(pairs);
                });
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
