package dev.longtail.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.ReferenceCheck;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's way back when files of a running job's checkpoints are lost. */
class CountingJobITCase {

    private static final String NAME = "lost";
    private static final int TRIALS = 90;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path dir;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @Test
    void stopsAJobThatCannotBeRestoredAndGoesBackToAnOlderState() throws Exception {
        RandomTrials trials = new RandomTrials(NAME, 43, 31, TRIALS, 3);
        try (TestBroker broker = TestBroker.start(dir);
                ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers());
                EmbeddedCluster cluster =
                        EmbeddedCluster.start(ClusterOptions.in(dir.resolve("work")))) {
            kafka.describe(trials.experiment(), 2);
            send(kafka, trials, 0, 30);
            CountingJob first = start(cluster, broker);
            awaitTrials(kafka, 30);
            first.stop(said::add);
            send(kafka, trials, 30, 60);
            CountingJob second = start(cluster, broker);
            awaitTrials(kafka, 60);
            await().atMost(PATIENCE).until(() -> newestRun().toString().contains("chk-"));

            deleteFiles(newestRun().resolveSibling("shared"));
            cluster.miniCluster().terminateTaskManager(0).join();
            cluster.miniCluster().startTaskManager();
            await().atMost(PATIENCE).until(() -> second.isLost(said::add));
            send(kafka, trials, 60, TRIALS);
            CountingJob third = start(cluster, broker);

            awaitTrials(kafka, TRIALS);
            assertThat(said)
                    .anyMatch(line -> line.startsWith("The state of 'lost' is DAMAGED"))
                    .anyMatch(line -> line.contains("FileNotFoundException"))
                    .anyMatch(line -> line.contains("cannot be restored"))
                    .anyMatch(line -> line.startsWith("Counting of 'lost' goes on from"));
            ReferenceCheck reference = new ReferenceCheck(trials, kafka, NAME);
            reference.assertEstimates();
            reference.assertPairs();
            third.stop(said::add);
        }
    }

    private CountingJob start(EmbeddedCluster cluster, TestBroker broker) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + broker.bootstrapServers(),
                                "--refresh=50",
                                "--checkpoint-interval=200",
                                "--state-memory=64",
                                "--tile-train=9"));
        return CountingJob.start(cluster, NAME, arguments, dir.resolve("state"), said::add);
    }

    private RestorePoints points() {
        return new RestorePoints(dir.resolve("state").resolve(NAME).toUri().toString());
    }

    private Path newestRun() {
        return Path.of(URI.create(points().newestFirst().get(0).path()));
    }

    private static void deleteFiles(Path directory) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            try (var files = Files.list(directory)) {
                                for (Path file : files.toList()) {
                                    Files.delete(file);
                                }
                            }
                            return true;
                        });
    }

    private static void send(ExperimentKafka kafka, RandomTrials trials, int from, int to) {
        for (int k = from; k < to; k++) {
            kafka.send(trials.trial(k));
        }
        kafka.flush();
    }

    private static void awaitTrials(ExperimentKafka kafka, long count) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                kafka.convergence(NAME)
                                        .filter(record -> record.getTrials() == count)
                                        .isPresent());
    }
}
