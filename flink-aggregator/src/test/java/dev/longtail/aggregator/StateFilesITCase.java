package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.testing.ChangingTree;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that come slowly: each checkpoint has one more, and files must not grow with them. */
class StateFilesITCase {

    private static final int CHECKPOINTS = 60;

    /** A dozen in the top level of each of five states, and some below; unmerged there are 247. */
    private static final int FILES = 100;

    @TempDir Path dir;

    @Test
    void aCheckpointDoesNotLeaveAFileForEver() throws Exception {
        RandomTrials trials = new RandomTrials("files", 21, 13, CHECKPOINTS, 5);
        Path state = dir.resolve("cluster");
        try (TestBroker broker = TestBroker.start(dir.resolve("broker"));
                ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers());
                EmbeddedCluster cluster = EmbeddedCluster.start(ClusterOptions.in(state))) {
            kafka.describe(trials.experiment(), 1);
            JobID job =
                    cluster.launch(
                            JobSettings.parse(
                                    "--experiment=files",
                                    "--bootstrap-servers=" + broker.bootstrapServers(),
                                    "--refresh=50",
                                    "--checkpoint-interval=100",
                                    "--state-memory=64",
                                    "--parallelism=1",
                                    "--checkpoint-dir=" + dir.resolve("checkpoints")),
                            ReplayRange.EVERYTHING);
            for (int k = 0; k < CHECKPOINTS; k++) {
                kafka.send(trials.trial(k));
                kafka.flush();
                long count = k + 1;
                await().atMost(Duration.ofMinutes(2))
                        .until(
                                () ->
                                        kafka.convergence("files")
                                                .filter(last -> last.getTrials() == count)
                                                .isPresent());
                cluster.checkpoint(job);
            }
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(tables(state)).isBetween(1L, (long) FILES));
        }
    }

    /** RocksDB's files of data; they come and go meanwhile. */
    private static long tables(Path directory) throws IOException {
        return ChangingTree.files(directory).stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .count();
    }
}
