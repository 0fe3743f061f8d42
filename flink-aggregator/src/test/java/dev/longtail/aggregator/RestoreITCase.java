package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is stopped and started again: continues under the same options, refuses others. */
class RestoreITCase {

    @TempDir static Path dir;
    private static TestBroker broker;
    private static ExperimentKafka kafka;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(dir);
        kafka = new ExperimentKafka(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        broker.close();
    }

    @Test
    void continuesUnderTheSameOptionsAndRefusesOthers() throws Exception {
        RandomTrials trials = new RandomTrials("restore", 43, 31, 120, 3);
        kafka.describe(trials.experiment(), 2);
        send(trials, 0, 50);
        long firstAttempt;
        try (EmbeddedCluster cluster = cluster("first")) {
            JobID job = cluster.launch(settings("--parallelism=1"), ReplayRange.EVERYTHING);
            firstAttempt = awaitTrials(50).getAttempt();
            for (int checkpoint = 0; checkpoint < RestorePoints.KEPT; checkpoint++) {
                cluster.checkpoint(job);
            }
            cluster.cancel(job);
            cluster.result(job).join();
        }
        assertThat(new RestorePoints(dir.resolve("checkpoints/restore").toString()).newestFirst())
                .as("older ones are the way back when the newest is damaged")
                .hasSize(RestorePoints.KEPT);
        send(trials, 50, 120);
        try (EmbeddedCluster cluster = cluster("second")) {
            assertRefused(cluster, "tile-train = 9", "--tile-train=10");
            assertRefused(cluster, "pairs = all", "--pairs=none");
            assertRefused(cluster, "converged-only = false", "--converged-only");

            // Another parallelism and another pace do not change what is counted.
            cluster.launch(settings("--parallelism=3", "--block-size=9"), ReplayRange.EVERYTHING);
            Convergence last = awaitTrials(120);
            assertThat(last.getAttempt()).isGreaterThan(firstAttempt);
            assertThat(last.getReceived()).isEqualTo(120);
            assertThat(last.getDuplicates()).isZero();
            ReferenceCheck reference = new ReferenceCheck(trials, kafka, "restore");
            reference.assertEstimates();
            reference.assertPairs();
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> description().getAttempt() == last.getAttempt());
        }
    }

    @Test
    void countingAnewRemovesWhatWasPublishedBefore() throws Exception {
        RandomTrials trials = new RandomTrials("anew", 43, 31, 40, 3);
        kafka.describe(trials.experiment(), 1);
        send(trials, 0, 40);
        try (EmbeddedCluster cluster = cluster("anew")) {
            for (String tiles : List.of("--tile-train=5", "--tile-train=40")) {
                JobID job =
                        cluster.launch(
                                settings(tiles, "--experiment=anew", "--restore=none"),
                                ReplayRange.UNTIL_NOW);
                cluster.result(job).join();
            }
        }
        assertThat(kafka.newest("anew.estimates", MemorizationBlock.class))
                .containsOnlyKeys("train-group/0", "train-group/1");
        assertThat(kafka.newest("anew.history", MemorizationBlock.class).values())
                .extracting(MemorizationBlock::getAttempt)
                .containsOnly(kafka.convergence("anew").orElseThrow().getAttempt());
        assertThat(kafka.all("anew.convergence", Convergence.class))
                .extracting(Convergence::getAttempt)
                .containsOnly(kafka.convergence("anew").orElseThrow().getAttempt());
        new ReferenceCheck(trials, kafka, "anew").assertEstimates();
    }

    private static JobDescription description() {
        return kafka.newest("restore.job", JobDescription.class).get("restore");
    }

    private static void assertRefused(EmbeddedCluster cluster, String before, String option)
            throws Exception {
        JobID job = cluster.launch(settings(option), ReplayRange.EVERYTHING);
        var result = cluster.result(job).join();
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(result.getSerializedThrowable().orElseThrow())
                .hasStackTraceContaining("was counted with " + before);
    }

    private static EmbeddedCluster cluster(String name) {
        return EmbeddedCluster.start(ClusterOptions.in(dir.resolve(name)).withSlots(3));
    }

    private static JobSettings settings(String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + broker.bootstrapServers(),
                                "--refresh=50",
                                "--checkpoint-interval=200",
                                "--alignment-timeout=0",
                                "--state-memory=64",
                                "--checkpoint-dir=" + dir.resolve("checkpoints")));
        if (List.of(options).stream().noneMatch(option -> option.startsWith("--tile-train"))) {
            arguments.add("--tile-train=9");
        }
        if (List.of(options).stream().noneMatch(option -> option.startsWith("--experiment"))) {
            arguments.add("--experiment=restore");
        }
        arguments.addAll(List.of(options));
        return JobSettings.parse(arguments.toArray(String[]::new));
    }

    private static void send(RandomTrials trials, int from, int to) {
        for (int k = from; k < to; k++) {
            kafka.send(trials.trial(k));
        }
        kafka.flush();
    }

    private static Convergence awaitTrials(long count) {
        await().atMost(Duration.ofSeconds(120))
                .until(
                        () ->
                                kafka.convergence("restore")
                                        .filter(record -> record.getTrials() == count)
                                        .isPresent());
        return kafka.convergence("restore").orElseThrow();
    }
}
