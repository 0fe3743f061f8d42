package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A release on this machine: a broker, and what the chart renders for it as processes from the
 * files of their images. One TaskManager, as pods of one machine share the ports of a service.
 */
final class RenderedSystem implements AutoCloseable {

    private static final int REST = 8081;
    private static final int STATE_PROXY = 9069;

    private final LocalNode node;
    private final TestBroker broker;
    private final Map<String, Object> values = new HashMap<>();
    private final List<LocalPod> pods = new ArrayList<>();
    private Manifests manifests;
    private LocalPod jobManager;
    private LocalPod taskManager;

    /** A broker with the topics that the chart's hook has made; no Flink yet. */
    RenderedSystem(LocalNode node, Map<String, Object> more) throws Exception {
        this.node = node;
        broker = TestBroker.start(node.directory("broker"));
        values.putAll(small(broker.bootstrapServers()));
        render(more);
        runTopicsHook();
    }

    /** As Helm does before each installation and upgrade. */
    void runTopicsHook() throws Exception {
        LocalPod hook = pod("Job", "topics", "trainer", Map.of());
        assertThat(hook.run()).as(hook::lastWords).isZero();
    }

    /** Values of a small experiment whose job fits into little memory and refreshes at once. */
    static Map<String, Object> small(String bootstrapServers) {
        Map<String, Object> values = new HashMap<>();
        values.put("kafka.bootstrapServers", bootstrapServers.replace(",", "\\,"));
        values.put("kafka.topics.replicationFactor", 1);
        values.put("kafka.topics.minInsyncReplicas", 1);
        values.put("experiment.trainSize", TestExperiment.TRAIN);
        values.put("experiment.testSize", TestExperiment.TEST);
        values.put("storage.kind", "volume");
        values.put("flink.checkpointIntervalMs", 1000);
        values.put("flink.settings.block-size", 16);
        values.put("flink.settings.refresh", 200);
        values.put("flink.jobManager.memoryMiB", 1024);
        values.put("flink.taskManager.memoryMiB", 1600);
        values.put("flink.taskManager.networkMiB", 64);
        values.put("flink.taskManager.replicas", 1);
        values.put("flink.taskManager.slots", 2);
        return values;
    }

    /** As {@code helm upgrade --reuse-values --set} does; pods stay as they are. */
    void render(Map<String, Object> more) {
        values.putAll(more);
        manifests = Chart.render(Chart.mode("standalone"), values);
    }

    Manifests manifests() {
        return manifests;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** A pod of the newest rendering, not yet started. */
    LocalPod pod(String kind, String component, String image, Map<String, String> fields)
            throws IOException {
        JsonNode workload =
                manifests
                        .ofKind(kind)
                        .filter(o -> Manifests.name(o).startsWith("demo-longtail-" + component))
                        .findFirst()
                        .orElseThrow();
        LocalPod pod =
                LocalPod.of(
                        node,
                        manifests,
                        PodView.of(workload).findFirst().orElseThrow(),
                        image,
                        fields);
        pods.add(pod);
        return pod;
    }

    /** Starts both Flink processes of the newest rendering; those before are deleted. */
    void startFlink() throws Exception {
        for (LocalPod old : new LocalPod[] {jobManager, taskManager}) {
            if (old != null) {
                old.delete();
            }
        }
        Map<String, String> fields = Map.of("status.podIP", LocalNode.LOOPBACK);
        jobManager = pod("StatefulSet", "jobmanager", "job", fields);
        taskManager = pod("StatefulSet", "taskmanager", "job", fields);
        jobManager.start();
        taskManager.start();
    }

    /** A pod of the newest rendering's Indexed Job, not yet started. */
    LocalPod trainer(int index) throws IOException {
        return pod(
                "Job",
                "trainer",
                "trainer",
                Map.of(LocalPod.COMPLETION_INDEX, String.valueOf(index)));
    }

    /** Starts the dashboard of the newest rendering; back when it is ready. */
    LocalPod startDashboard() throws IOException {
        LocalPod dashboard = pod("Deployment", "dashboard", "dashboard", Map.of());
        dashboard.start();
        await("the dashboard")
                .atMost(RunningJob.PATIENCE)
                .ignoreException(ConnectException.class)
                .untilAsserted(dashboard::requireProbesPass);
        return dashboard;
    }

    LocalPod jobManager() {
        return jobManager;
    }

    LocalPod taskManager() {
        return taskManager;
    }

    /** The job that these pods run. */
    RunningJob job() {
        return new RunningJob(
                broker.bootstrapServers(),
                () -> jobManager.port(REST),
                () -> taskManager.port(STATE_PROXY),
                this::restartDeadContainers);
    }

    /** What Kubernetes does with containers of these pods that have ended. */
    private void restartDeadContainers() {
        for (LocalPod pod : List.of(jobManager, taskManager)) {
            if (!pod.isAlive()) {
                pod.start();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (LocalPod pod : pods) {
            pod.close();
        }
        broker.close();
    }
}
