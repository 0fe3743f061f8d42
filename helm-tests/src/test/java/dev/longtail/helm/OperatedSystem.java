package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.testing.ChangingTree;
import dev.longtail.testing.FreePorts;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A release in operator mode on this machine: a broker, a server of Kubernetes' API into which Helm
 * installs the chart, the released operator's classes, and a node that runs the pods it asks for.
 * One TaskManager, as pods of one machine share their ports.
 */
final class OperatedSystem implements AutoCloseable {

    private static final String DEPLOYMENT = "demo-longtail-flink";

    private final int rest = FreePorts.take();
    private final int stateProxy = FreePorts.take();
    private final Path dir;
    private final TestBroker broker;
    private final MockCluster cluster;
    private final TestRelease release;
    private final FlinkOperator operator;
    private final LocalPods pods;

    /** Everything but the release. */
    OperatedSystem(Path dir) throws Exception {
        this.dir = dir;
        broker = TestBroker.start(Files.createDirectories(dir.resolve("broker")));
        cluster = MockCluster.start();
        release = new TestRelease(cluster.client(), cluster.kubeConfig(dir));
        operator = new FlinkOperator(dir, cluster.client().getMasterUrl().toString(), DEPLOYMENT);
        pods = new LocalPods(cluster.client(), LocalKubelet.of(cluster.client(), "job", dir));
    }

    /** Installs the chart; the operator and the node then do what they find to do. */
    void install() throws Exception {
        Map<String, Object> values = values();
        makeTopics(values);
        release.install(Chart.mode("operator"), values);
        operator.deploy();
    }

    /** A small experiment on ports of this machine; the chart's own are not free on every one. */
    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(RenderedSystem.small(broker.bootstrapServers()));
        values.put("flink.operator.upgradeMode", "savepoint");
        values.put("flink.operator.autoscaler.enabled", false);
        // However small, in files of their own.
        values.put("flink.configuration.execution\\.checkpointing\\.data-inline-threshold", "0b");
        Map.of(
                        "rest.port", rest,
                        "queryable-state.proxy.ports", stateProxy,
                        "queryable-state.server.ports", FreePorts.take(),
                        "jobmanager.rpc.port", FreePorts.take(),
                        "blob.server.port", FreePorts.take(),
                        "taskmanager.rpc.port", FreePorts.take(),
                        "taskmanager.data.port", FreePorts.take(),
                        // JobManager and TaskManager each look for one, beyond those that are taken
                        // above.
                        "metrics.reporter.prometheus.port", "32001-32700",
                        "metrics.internal.query-service.port", 0)
                .forEach(
                        (option, port) ->
                                values.put(
                                        "flink.configuration." + option.replace(".", "\\."), port));
        return values;
    }

    private void makeTopics(Map<String, Object> values) throws Exception {
        Manifests manifests = Chart.render(Chart.mode("operator"), values);
        PodView topics =
                manifests
                        .ofKind("Job")
                        .filter(job -> Manifests.name(job).startsWith("demo-longtail-topics"))
                        .flatMap(PodView::of)
                        .findFirst()
                        .orElseThrow();
        try (LocalPod pod =
                LocalPod.of(
                        new LocalNode(dir.resolve("hook")),
                        manifests,
                        topics,
                        "trainer",
                        Map.of())) {
            assertThat(pod.run()).isZero();
        }
    }

    TestRelease release() {
        return release;
    }

    FlinkOperator operator() {
        return operator;
    }

    /** Names of all services, the chart's and Flink's. */
    List<String> services() {
        return cluster.client().services().inNamespace(Chart.NAMESPACE).list().getItems().stream()
                .map(service -> service.getMetadata().getName())
                .toList();
    }

    LocalPods pods() {
        return pods;
    }

    /**
     * Files of the job's storage.
     *
     * @param pattern of their paths below its root
     */
    List<Path> stored(String pattern) throws IOException {
        PathMatcher wanted = dir.getFileSystem().getPathMatcher("glob:" + pattern);
        List<Path> found = new ArrayList<>();
        for (Path claim : claims()) {
            ChangingTree.files(claim).stream()
                    .filter(file -> wanted.matches(claim.relativize(file)))
                    .forEach(found::add);
        }
        assertThat(found).as("files of the storage that match %s", pattern).isNotEmpty();
        return found;
    }

    private List<Path> claims() throws IOException {
        try (Stream<Path> children = Files.list(dir)) {
            return children.filter(child -> child.getFileName().toString().startsWith("claim-"))
                    .toList();
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    RunningJob job() {
        return new RunningJob(
                broker.bootstrapServers(), () -> rest, () -> stateProxy, pods::requireNoFailure);
    }

    @Override
    public void close() throws Exception {
        pods.close();
        cluster.close();
        broker.close();
    }
}
