package dev.longtail.aggregator;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a checkpoint that overtook tiles on their way, every tile is counted once. */
class OvertakenRecordsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TRIALS = 1_000;
    private static final String NAME = "overtaken";

    @TempDir Path dir;

    @Test
    void areCountedOnceAfterARestoreByOtherTasks() throws Exception {
        RandomTrials trials = new RandomTrials(NAME, 61, 47, TRIALS, 3);
        try (TestBroker broker = TestBroker.start(dir.resolve("broker"));
                ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers())) {
            kafka.describe(trials.experiment(), 2);
            Feed feed = new Feed(trials, kafka);
            String checkpoint = checkpointWithRecords(broker, feed);
            feed.send(TRIALS);
            try (EmbeddedCluster cluster = cluster("after")) {
                cluster.launch(
                        settings(broker, "--parallelism=3", "--restore=" + checkpoint),
                        ReplayRange.EVERYTHING);
                feed.awaitCounted();
                ReferenceCheck reference = new ReferenceCheck(trials, kafka, NAME);
                reference.assertEstimates();
                reference.assertPairs();
            }
        }
    }

    /** Counts all the time, and takes checkpoints until one has records in it. */
    private String checkpointWithRecords(TestBroker broker, Feed feed) throws Exception {
        try (EmbeddedCluster cluster = cluster("before")) {
            JobID job = cluster.launch(settings(broker, "--parallelism=2"), ReplayRange.EVERYTHING);
            feed.send(10);
            feed.awaitCounted();
            AtomicReference<String> checkpoint = new AtomicReference<>();
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                feed.send(2);
                                checkpoint.set(cluster.checkpoint(job));
                                return overtakenBytes(cluster, job) > 0;
                            });
            cluster.cancel(job);
            cluster.result(job).join();
            return checkpoint.get();
        }
    }

    /** Of the newest checkpoint. */
    private static long overtakenBytes(EmbeddedCluster cluster, JobID job) throws IOException {
        return new ObjectMapper()
                .readTree(cluster.restAddress().resolve("/jobs/" + job + "/checkpoints").toURL())
                .at("/latest/completed/persisted_data")
                .asLong();
    }

    private EmbeddedCluster cluster(String name) {
        return EmbeddedCluster.start(ClusterOptions.in(dir.resolve(name)).withSlots(3));
    }

    /** Many small tiles, pass after pass. */
    private JobSettings settings(TestBroker broker, String... options) {
        String[] arguments = {
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--experiment=" + NAME,
            "--tile-train=1",
            "--tile-test=2",
            "--refresh=1",
            "--counting-share=1",
            "--checkpoint-interval=3600000",
            "--alignment-timeout=0",
            "--state-memory=64",
            "--checkpoint-dir=" + dir.resolve("checkpoints")
        };
        return JobSettings.parse(
                Stream.concat(Stream.of(arguments), Stream.of(options)).toArray(String[]::new));
    }

    /** Sends trials in order. */
    private static final class Feed {
        private final RandomTrials trials;
        private final ExperimentKafka kafka;
        private int sent;

        Feed(RandomTrials trials, ExperimentKafka kafka) {
            this.trials = trials;
            this.kafka = kafka;
        }

        void send(int most) {
            int end = Math.min(TRIALS, sent + most);
            while (sent < end) {
                kafka.send(trials.trial(sent++));
            }
            kafka.flush();
        }

        /** All that was sent. */
        void awaitCounted() {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    kafka.convergence(NAME)
                                            .filter(last -> last.getTrials() == sent)
                                            .isPresent());
        }
    }
}
