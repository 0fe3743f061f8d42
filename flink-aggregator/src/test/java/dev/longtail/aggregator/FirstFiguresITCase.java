package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.schemas.Convergence;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job finds at its start is shown when it has all of it, not at the first refresh. */
class FirstFiguresITCase {

    @TempDir Path dir;

    @Test
    void comeWhenNoMoreTrialsComeThoughTheRefreshIsADayAway() throws Exception {
        // One trial: of several, some might come behind a pause.
        RandomTrials trials = new RandomTrials("first", 21, 13, 1, 5);
        try (TestBroker broker = TestBroker.start(dir.resolve("broker"));
                ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers());
                EmbeddedCluster cluster =
                        EmbeddedCluster.start(ClusterOptions.in(dir.resolve("cluster")))) {
            kafka.describe(trials.experiment(), 1);
            kafka.send(trials.trial(0));
            kafka.flush();
            cluster.launch(
                    JobSettings.parse(
                            "--experiment=first",
                            "--bootstrap-servers=" + broker.bootstrapServers(),
                            "--refresh=" + Duration.ofDays(1).toMillis(),
                            "--block-size=64",
                            "--state-memory=64",
                            "--parallelism=1",
                            "--checkpoint-dir=" + dir.resolve("checkpoints")),
                    ReplayRange.EVERYTHING);
            Convergence first =
                    await().atMost(Duration.ofMinutes(2))
                            .until(() -> kafka.convergence("first"), Optional::isPresent)
                            .orElseThrow();
            assertThat(first.getTrials()).isEqualTo(1);
            assertThat(first.getReceived()).isEqualTo(1);
        }
    }
}
