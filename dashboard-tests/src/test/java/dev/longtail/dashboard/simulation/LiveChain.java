package dev.longtail.dashboard.simulation;

import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.dashboard.Dashboard;
import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A broker, a Flink cluster with a counting job, its queryable state, and a dashboard on them. */
public final class LiveChain implements AutoCloseable {

    private final Path dir;
    private final TestBroker broker;
    private final SimulatedExperiment experiment;
    private final EmbeddedCluster cluster;
    private Dashboard dashboard;
    private final int port;

    private LiveChain(
            Path dir,
            TestBroker broker,
            SimulatedExperiment experiment,
            EmbeddedCluster cluster,
            Dashboard dashboard) {
        this.dir = dir;
        this.broker = broker;
        this.experiment = experiment;
        this.cluster = cluster;
        this.dashboard = dashboard;
        this.port = dashboard.url().getPort();
    }

    /** Starts everything; no trial is published yet. */
    public static LiveChain start(Path dir, String name, SimulatedTrials trials) throws Exception {
        TestBroker broker = TestBroker.start(dir.resolve("broker"));
        SimulatedExperiment experiment =
                new SimulatedExperiment(name, broker.bootstrapServers(), trials, i -> "train-" + i);
        experiment.describe(true);
        EmbeddedCluster cluster =
                EmbeddedCluster.start(ClusterOptions.in(dir.resolve("cluster")).withSlots(2));
        Dashboard dashboard =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, cluster.restAddress()),
                        KafkaSettings.of(broker.bootstrapServers()));
        LiveChain chain = new LiveChain(dir, broker, experiment, cluster, dashboard);
        chain.launch(ReplayRange.EVERYTHING);
        return chain;
    }

    /** Launches a job that counts the experiment's trials. */
    public void launch(ReplayRange range, String... further) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--experiment",
                                experiment.topics().experiment(),
                                "--parallelism=1",
                                "--tile-train=128",
                                "--tile-test=96",
                                "--block-size=64",
                                "--refresh=300",
                                "--checkpoint-interval=500",
                                "--state-memory=64",
                                "--checkpoint-dir=" + dir.resolve("checkpoints")));
        arguments.addAll(List.of(further));
        cluster.launch(JobSettings.parse(arguments.toArray(String[]::new)), range);
    }

    /** What trainers publish. */
    public SimulatedExperiment experiment() {
        return experiment;
    }

    /** The cluster, for breaking it. */
    public EmbeddedCluster cluster() {
        return cluster;
    }

    /** Address of the broker. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Address of the dashboard. */
    public URI url() {
        return dashboard.url();
    }

    /** Ends the dashboard alone. */
    public void closeDashboard() {
        dashboard.close();
    }

    /** Starts a dashboard again, at the address of the one that was closed. */
    public void reopenDashboard() throws Exception {
        dashboard =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", port, cluster.restAddress()),
                        KafkaSettings.of(broker.bootstrapServers()));
    }

    @Override
    public void close() {
        dashboard.close();
        cluster.close();
        experiment.close();
        broker.close();
    }
}
