package dev.longtail.dashboard.simulation;

import dev.longtail.dashboard.Dashboard;
import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** A broker with one simulated experiment that has pictures and a job, and a dashboard on it. */
public final class SimulatedSite implements AutoCloseable {

    private final TestBroker broker;
    private final SimulatedExperiment experiment;
    private final SimulatedJob job;
    private Dashboard dashboard;

    private SimulatedSite(TestBroker broker, SimulatedExperiment experiment) {
        this.broker = broker;
        this.experiment = experiment;
        this.job = new SimulatedJob(experiment);
    }

    /**
     * Starts broker and experiment; no trial is counted yet and no dashboard runs.
     *
     * @param names name of each training example
     */
    public static SimulatedSite start(
            Path dir, String name, SimulatedTrials trials, IntFunction<String> names)
            throws Exception {
        TestBroker broker = TestBroker.start(dir.resolve("broker"));
        SimulatedSite site =
                new SimulatedSite(
                        broker,
                        new SimulatedExperiment(name, broker.bootstrapServers(), trials, names));
        site.experiment.describe(true);
        site.job.introduce("00".repeat(16));
        return site;
    }

    /** Starts the dashboard. */
    public SimulatedSite open(DashboardSettings settings) throws Exception {
        dashboard = Dashboard.start(settings, kafka());
        return this;
    }

    /** Starts the dashboard on any port, without Flink and without a token. */
    public SimulatedSite open() throws Exception {
        return open(DashboardSettings.of("127.0.0.1", 0, null));
    }

    /** A further experiment of the same data with 300 trials of its own. */
    public SimulatedSite withAnother(String name, SimulatedTrials trials) throws Exception {
        trials.run(100);
        try (SimulatedExperiment other =
                new SimulatedExperiment(name, broker.bootstrapServers(), trials, i -> "")) {
            other.describe(false);
            new SimulatedJob(other).refresh(200, 30);
        }
        return this;
    }

    /** The job, for counting further trials. */
    public SimulatedJob job() {
        return job;
    }

    /** The trials, counted by the plain formula. */
    public SimulatedTrials trials() {
        return experiment.trials();
    }

    /** How to reach the broker. */
    public KafkaSettings kafka() {
        return KafkaSettings.of(broker.bootstrapServers());
    }

    /** Address of the broker. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Address of the dashboard. */
    public URI url() {
        return dashboard.url();
    }

    @Override
    public void close() {
        if (dashboard != null) {
            dashboard.close();
        }
        experiment.close();
        broker.close();
    }
}
