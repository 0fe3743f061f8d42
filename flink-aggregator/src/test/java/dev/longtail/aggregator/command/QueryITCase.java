package dev.longtail.aggregator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.client.CountedExperiment;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.aggregator.client.Influence;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.client.StrongestInfluences;
import dev.longtail.aggregator.client.TopicEstimateReader;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.counting.TileCountsView;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.queryablestate.client.QueryableStateClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Questions to a running job, by the command and by the client. */
class QueryITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir static Path dir;
    private static TestBroker broker;
    private static ExperimentKafka kafka;
    private static EmbeddedCluster cluster;
    private static RandomTrials trials;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(dir);
        kafka = new ExperimentKafka(broker.bootstrapServers());
        cluster = EmbeddedCluster.start(ClusterOptions.in(dir.resolve("work")).withSlots(4));
        trials = new RandomTrials("query", 53, 47, 200, 11);
        kafka.describe(trials.experiment(), 1);
        for (int k = 0; k < trials.trials(); k++) {
            kafka.send(trials.trial(k));
        }
        kafka.flush();
        launch(trials.name);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                kafka.convergence(trials.name)
                                        .filter(last -> last.getTrials() == trials.trials())
                                        .isPresent());
    }

    @AfterAll
    static void stop() {
        cluster.close();
        kafka.close();
        broker.close();
    }

    private static JobID launch(String experiment, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + broker.bootstrapServers(),
                                "--experiment=" + experiment,
                                "--tile-train=10",
                                "--tile-test=11",
                                "--refresh=50",
                                "--parallelism=1",
                                "--state-memory=64",
                                "--checkpoint-dir=" + dir.resolve("checkpoints")));
        arguments.addAll(List.of(options));
        return cluster.launch(
                JobSettings.parse(arguments.toArray(String[]::new)), ReplayRange.EVERYTHING);
    }

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome query(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap-servers=" + broker.bootstrapServers());
        int code =
                new CommandLine(new QueryCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(all.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    @Test
    void printsMemorizationWithItsUncertainty() {
        Outcome outcome = query("mem", "17", "--experiment=query");
        assertThat(outcome.exitCode).isZero();
        assertThat(outcome.out)
                .contains("memorization of training example 17")
                .contains("%+.4f ±".formatted(trials.memorization(17)))
                .contains("standard error")
                .contains("at all times with probability 0.95")
                .contains("of %d trials".formatted(trials.included(17)))
                .contains("trials         200 (block");
    }

    @Test
    void answersInJson() throws Exception {
        Outcome outcome = query("influence", "17", "20", "--json", "--experiment=query");
        JsonNode answer = new ObjectMapper().readTree(outcome.out);
        assertThat(answer.get("value").asDouble())
                .isEqualTo(trials.influence(17, 20), within(1e-12));
        assertThat(answer.get("included").asLong()).isEqualTo(trials.included(17));
        assertThat(answer.get("includedCorrect").asLong())
                .isEqualTo(trials.influenceCount(17, 20, true));
        assertThat(answer.get("excludedCorrect").asLong())
                .isEqualTo(trials.influenceCount(17, 20, false));
        assertThat(answer.get("bandLower").asDouble()).isLessThan(answer.get("value").asDouble());
        assertThat(answer.get("trials").asLong()).isEqualTo(200);
    }

    @Test
    void listsTheStrongestInTheRightOrder() throws Exception {
        try (EstimateReader reader = reader("query")) {
            StrongestInfluences ofTrain = reader.topOfTrain(20, 5);
            List<Double> expected =
                    IntStream.range(0, trials.testSize)
                            .mapToObj(j -> trials.influence(20, j))
                            .sorted(Comparator.reverseOrder())
                            .limit(5)
                            .toList();
            assertThat(ofTrain.helpful().stream().map(i -> i.estimate().value()).toList())
                    .usingComparatorForType(
                            (a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b),
                            Double.class)
                    .isEqualTo(expected);
            StrongestInfluences ofTest = reader.topOfTest(20, 5);
            try (EstimateReader published = TopicEstimateReader.open(kafka.properties(), "query")) {
                // The list may be published a little after the figures that were waited for.
                await().atMost(PATIENCE)
                        .until(() -> published.topOfTest(20, 5).from().trials() == trials.trials());
                assertThat(published.topOfTest(20, 5).helpful()).isEqualTo(ofTest.helpful());
                assertThat(published.topOfTest(20, 5).harmful()).isEqualTo(ofTest.harmful());
                await().atMost(PATIENCE)
                        .until(() -> published.memorization(20).from().trials() == trials.trials());
                assertThat(published.memorization(20).estimate())
                        .isEqualTo(reader.memorization(20).estimate());
                Influence strongest = ofTest.helpful().get(0);
                assertThat(published.influence(strongest.train(), strongest.test()))
                        .isEqualTo(strongest);
            }
        }
        assertThat(query("top", "--train=20", "--experiment=query").out).contains("helps");
        assertThat(query("top", "--test=20", "--experiment=query").out).contains("harms");
    }

    /** As docs/queryable-state.md says for programs without Longtail's reader. */
    @Test
    void answersFlinksOwnClientWithTheTile() throws Exception {
        CountedExperiment counted = CountedExperiment.find(kafka.properties(), "query");
        String[] proxy = counted.job().getOptions().get("state-proxy").split(":");
        Tiling tiling = counted.tiling();
        Tiling.Tile tile = tiling.tile(tiling.tileOf(17, 20).getAsInt());
        QueryableStateClient client =
                new QueryableStateClient(proxy[0], Integer.parseInt(proxy[1]));
        try (EstimateReader reader = reader("query")) {
            TileCountsView view =
                    new TileCountsView(
                            client.getKvState(
                                            JobID.fromHexString(counted.job().getJobId()),
                                            "tile-counts",
                                            tile.id(),
                                            Types.INT,
                                            new ValueStateDescriptor<>(
                                                    "tile-counts",
                                                    PrimitiveArrayTypeInfo
                                                            .BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
                                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                    .value());
            int row = Tiling.placeIn(tile.train(), 17);
            int column = Tiling.placeIn(tile.test(), 20);
            assertThat(view.rows()).isEqualTo(tile.train().length);
            assertThat(Estimate.of(view.pair(row, column)))
                    .isEqualTo(reader.influence(17, 20).estimate());
        } finally {
            client.shutdownAndHandle();
        }
    }

    @Test
    void saysWhatIsOutOfRange() {
        assertThat(reasonOf("query", reader -> reader.memorization(53)))
                .isEqualTo(Reason.INDEX_OUT_OF_RANGE);
        assertThat(reasonOf("query", reader -> reader.influence(0, -1)))
                .isEqualTo(Reason.INDEX_OUT_OF_RANGE);
        Outcome outcome = query("mem", "53", "--experiment=query");
        assertThat(outcome.exitCode).isEqualTo(1);
        assertThat(outcome.err).contains("training example from 0 to 52, found 53");
    }

    @Test
    void saysWhatIsOutOfScope() throws Exception {
        JobID job = launch("query", "--output=classes", "--pairs=same-class");
        await().atMost(PATIENCE).until(() -> kafka.convergence("classes").isPresent());
        assertThat(reasonOf("classes", reader -> reader.influence(0, 2)))
                .isEqualTo(Reason.OUT_OF_SCOPE);
        assertThat(query("mem", "1").err)
                .contains("expected --experiment, one of classes,")
                .contains("query");
        cluster.cancel(job);
        cluster.result(job).join();
        assertThat(reasonOf("classes", reader -> reader.influence(0, 0)))
                .isEqualTo(Reason.JOB_NOT_RUNNING);
    }

    @Test
    void saysThatNothingIsCountedYet() throws Exception {
        RandomTrials none = new RandomTrials("nothing", 9, 9, 0, 1);
        kafka.describe(none.experiment(), 1);
        JobID job = launch("nothing");
        await().atMost(PATIENCE)
                .until(
                        () ->
                                reasonOf("nothing", reader -> reader.memorization(0))
                                        == Reason.NO_TRIALS);
        cluster.cancel(job);
    }

    @Test
    void saysThatThereIsNoJob() {
        EstimateUnavailableException e =
                catchThrowableOfType(
                        EstimateUnavailableException.class, () -> reader("unheard-of"));
        assertThat(e.reason()).isEqualTo(Reason.JOB_NOT_RUNNING);
    }

    private static QueryableStateEstimateReader reader(String output)
            throws EstimateUnavailableException {
        return QueryableStateEstimateReader.open(
                kafka.properties(), output, null, cluster.restAddress(), PATIENCE);
    }

    private interface Question {
        Object ask(EstimateReader reader) throws EstimateUnavailableException;
    }

    private static Reason reasonOf(String output, Question question) {
        EstimateUnavailableException e =
                catchThrowableOfType(
                        EstimateUnavailableException.class,
                        () -> {
                            try (EstimateReader reader = reader(output)) {
                                question.ask(reader);
                            }
                        });
        return e == null ? null : e.reason();
    }
}
