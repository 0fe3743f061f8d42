package dev.longtail.dashboard.simulation;

import dev.longtail.dashboard.Dashboard;
import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;

/** A dashboard on simulated trials that go on, for looking at while working on the page. */
public final class SimulatedDashboard {

    private SimulatedDashboard() {}

    /**
     * Serves until it is stopped.
     *
     * @param args the port
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Path dir = Files.createTempDirectory("simulated-dashboard");
        try (TestBroker broker = TestBroker.start(dir)) {
            SimulatedTrials trials = new SimulatedTrials(2000, 600, 10, true, 7);
            SimulatedJob job = describe("digits", broker, trials);
            SimulatedTrials others = new SimulatedTrials(2000, 600, 10, true, 7);
            others.run(137);
            describe("digits-wide", broker, others).refresh(300, 60);
            for (int k = 0; k < 12; k++) {
                job.refresh(40, 6);
            }
            try (Dashboard dashboard =
                    Dashboard.start(
                            DashboardSettings.of("127.0.0.1", port, null),
                            KafkaSettings.of(broker.bootstrapServers()))) {
                System.out.println(dashboard.url());
                while (trials.trials() < 4000) {
                    job.refresh(20, 3);
                    Thread.sleep(2_000);
                }
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    private static SimulatedJob describe(String name, TestBroker broker, SimulatedTrials trials)
            throws Exception {
        SimulatedExperiment experiment =
                new SimulatedExperiment(name, broker.bootstrapServers(), trials, i -> "train-" + i);
        experiment.describe(true);
        SimulatedJob job = new SimulatedJob(experiment);
        job.introduce("00".repeat(16));
        return job;
    }
}
