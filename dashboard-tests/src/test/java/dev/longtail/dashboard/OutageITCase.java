package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.simulation.SimulatedExperiment;
import dev.longtail.dashboard.simulation.SimulatedJob;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageITCase {

    @Test
    void keepsShowingTheLastFiguresWhileKafkaIsAwayAndGoesOnAfterwards(@TempDir Path dir)
            throws Exception {
        SimulatedTrials trials = new SimulatedTrials(100, 20, 2, true, 9);
        try (TestBroker broker = TestBroker.start(dir);
                SimulatedExperiment experiment =
                        new SimulatedExperiment(
                                "outage", broker.bootstrapServers(), trials, i -> "")) {
            experiment.describe(false);
            SimulatedJob job = new SimulatedJob(experiment);
            job.introduce("00".repeat(16));
            job.refresh(30, 5);
            try (Dashboard dashboard =
                    Dashboard.start(
                            DashboardSettings.of("127.0.0.1", 0, null),
                            KafkaSettings.of(broker.bootstrapServers()))) {
                Api api = new Api(dashboard.url());
                eventually(() -> assertState(api, "live", 30));
                broker.stop();
                eventually(() -> assertState(api, "stale", 30));
                broker.restart();
                job.refresh(10, 5);
                eventually(() -> assertState(api, "live", 40));
            }
        }
    }

    private static void assertState(Api api, String phase, int trials) {
        var list = api.json("/api/experiments");
        assertThat(list).hasSize(1);
        assertThat(list.get(0).path("phase").asText()).isEqualTo(phase);
        assertThat(list.get(0).path("trials").asInt()).isEqualTo(trials);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(assertion);
    }
}
