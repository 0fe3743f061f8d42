package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.command.QueryCommand;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.UndecodableRecordException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A release from its installation to its upgrade, every rendered pod as a process: the topics'
 * hook, trainers of which one is killed, Flink with its state in an object store, watched and
 * killed, the dashboard behind its token; then other values, with which all of them start anew and
 * go on.
 */
@Timeout(1200)
class RenderedReleaseITCase {

    private static final int WORKERS = 2;
    private static final int TRIALS = 24;
    private static final int MORE_TRIALS = 32;
    private static final String STATE = "s3://" + ObjectStore.BUCKET + "/state";

    @TempDir Path dir;
    private LocalNode node;
    private ObjectStore store;
    private RenderedSystem system;
    private TrialsTopic trials;
    private LocalPod dashboard;

    @BeforeEach
    void install() throws Exception {
        store = ObjectStore.start();
        node = new LocalNode(dir);
        node.createSecret("object-store", ObjectStore.credentials());
        node.createSecret("dashboard-token", Map.of("token", "first-token\n"));
        SmallPictures.write(node.directory("claim-pictures"));
        system =
                new RenderedSystem(
                        node,
                        Map.ofEntries(
                                Map.entry("storage.kind", "s3"),
                                Map.entry("storage.s3.uri", STATE),
                                Map.entry("storage.s3.endpoint", store.endpoint()),
                                Map.entry("storage.s3.pathStyleAccess", true),
                                Map.entry("storage.s3.credentialsSecret", "object-store"),
                                Map.entry("dashboard.token.existingSecret", "dashboard-token"),
                                Map.entry("metrics.podMonitor.enabled", true),
                                Map.entry("metrics.prometheusRule.enabled", true),
                                Map.entry("metrics.grafanaDashboards.enabled", true),
                                Map.entry("trainers.data.existingClaim", "pictures"),
                                Map.entry("trainers.workers", WORKERS),
                                Map.entry("trainers.trials", "0..%d".formatted(TRIALS - 1)),
                                // Some tenths of a second for a trial, so that a kill meets one.
                                Map.entry("trainers.settings.epochs", 400),
                                Map.entry("trainers.settings.batch-size", 4),
                                Map.entry("trainers.settings.hidden", 16)));
        trials = new TrialsTopic(system.job().kafka(), "digits");
    }

    @AfterEach
    void uninstall() throws Exception {
        for (AutoCloseable open : Arrays.asList(trials, system, store)) {
            if (open != null) {
                open.close();
            }
        }
    }

    @Test
    void trainsCountsAnswersAndIsUpgradedWithItsState() throws Exception {
        trainThoughAPodIsKilled();
        system.startFlink();
        system.job().requireExactAnswers(trials.counted());
        dashboard = system.startDashboard();
        requireDashboard("first-token", "guessed-token");
        ScrapedMetrics.requireEveryWatched(system);

        system.job().awaitCheckpoints(2);
        assertThat(store.objects("state/digits/")).isPositive();
        killFlink();
        upgrade();
        requireDashboard("second-token", "first-token");
        trainMore();
    }

    private void trainThoughAPodIsKilled() throws Exception {
        LocalPod first = system.trainer(0);
        first.start();
        await("some trials of the first worker")
                .atMost(RunningJob.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> share(0).size() >= 3);
        first.kill();
        List<Integer> left = share(0);

        // What is done is a whole number of trials from the beginning of the share.
        int share = TRIALS / WORKERS;
        assertThat(left)
                .isEqualTo(
                        range(TRIALS).stream()
                                .filter(k -> k % WORKERS == 0)
                                .limit(left.size())
                                .toList())
                .hasSizeLessThan(share);
        assertThat(first.run()).as(first::lastWords).isZero();
        assertThat(first.log())
                .content()
                .contains(
                        "worker 0/2: %d trials to train, %d of its %d published before"
                                .formatted(share - left.size(), left.size(), share));

        LocalPod second = system.trainer(1);
        assertThat(second.run()).as(second::lastWords).isZero();
        assertThat(trials.numbers()).isEqualTo(range(TRIALS));
    }

    /** Numbers of the published trials that are a worker's. */
    private List<Integer> share(int worker) throws UndecodableRecordException {
        return trials.numbers().stream().filter(k -> k % WORKERS == worker).toList();
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /** The dashboard is found well, and answers whom it knows, from the counts. */
    private void requireDashboard(String token, String other) throws Exception {
        dashboard.requireProbesPass();
        assertThat(ask(other).exitCode()).isEqualTo(1);
        InOutCounts expected = trials.counted().pair(17, 5);
        await("an answer through the dashboard")
                .atMost(RunningJob.PATIENCE)
                .untilAsserted(
                        () -> {
                            Answer answer = ask(token);
                            assertThat(answer.exitCode()).as(answer.text()).isZero();
                            assertThat(counts(answer.text())).isEqualTo(expected);
                        });
    }

    private record Answer(int exitCode, String text) {}

    /** {@code longtail query influence 17 5 --url ... --token-file ...}, as from outside. */
    private Answer ask(String token) throws IOException {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int exitCode =
                new CommandLine(new QueryCommand())
                        .setOut(writer)
                        .setErr(writer)
                        .execute(
                                "influence",
                                "17",
                                "5",
                                "--experiment=digits",
                                "--json",
                                "--url=http://" + LocalNode.LOOPBACK + ":" + dashboard.port(8080),
                                "--token-file=" + Files.writeString(dir.resolve(token), token));
        return new Answer(exitCode, out.toString());
    }

    private static InOutCounts counts(String json) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(json);
        return new InOutCounts(
                answer.path("included").asLong(),
                answer.path("includedCorrect").asLong(),
                answer.path("excluded").asLong(),
                answer.path("excludedCorrect").asLong());
    }

    /** One after the other; what takes their place goes on from the state in the store. */
    private void killFlink() throws Exception {
        system.jobManager().kill();
        system.jobManager().start();
        system.job().awaitRestoredFrom(STATE + "/digits/.*");
        system.job().requireExactAnswers(trials.counted());

        system.taskManager().kill();
        system.taskManager().start();
        system.job().requireExactAnswers(trials.counted());
    }

    /** Other parallelism, memory and settings, another token: all pods of it start anew. */
    private void upgrade() throws Exception {
        node.createSecret("dashboard-token", Map.of("token", "second-token\n"));
        system.render(
                Map.of(
                        "rolloutRevision", "second",
                        "flink.parallelism", 3,
                        "flink.taskManager.slots", 3,
                        "flink.taskManager.memoryMiB", 1800,
                        "flink.settings.refresh", 500,
                        "trainers.trials", "0..%d".formatted(MORE_TRIALS - 1)));
        system.runTopicsHook();
        system.startFlink();
        dashboard.delete();
        dashboard = system.startDashboard();

        system.job().awaitRestoredFrom(STATE + "/digits.*");
        system.job().requireExactAnswers(trials.counted());
        assertThat(system.job().parallelism()).isEqualTo(3);
    }

    /** The Job that took the first one's place trains what is new, and nothing twice. */
    private void trainMore() throws Exception {
        for (int worker = 0; worker < WORKERS; worker++) {
            LocalPod trainer = system.trainer(worker);
            assertThat(trainer.run()).as(trainer::lastWords).isZero();
        }
        assertThat(trials.numbers()).isEqualTo(range(MORE_TRIALS));
        system.job().requireExactAnswers(trials.counted());
    }
}
