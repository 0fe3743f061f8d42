package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A release on this machine: a broker, and what the chart renders for it as processes from the
 * files of their images. One TaskManager, as pods of one machine share the ports of a service.
 */
final class RenderedSystem implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(150);
    static final int METRICS = 9249;

    private static final int REST = 8081;
    private static final int STATE_PROXY = 9069;

    private final LocalNode node;
    private final TestBroker broker;
    private final Map<String, Object> values = new HashMap<>();
    private final List<LocalPod> pods = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Manifests manifests;
    private LocalPod jobManager;
    private LocalPod taskManager;

    /** A broker with the topics that the chart's hook has made; no Flink yet. */
    RenderedSystem(Path dir, Map<String, Object> more) throws Exception {
        node = new LocalNode(dir);
        broker = TestBroker.start(Files.createDirectories(dir.resolve("broker")));
        values.put("kafka.bootstrapServers", broker.bootstrapServers().replace(",", "\\,"));
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
        render(more);
        assertThat(pod("Job", "topics", "trainer", Map.of()).run()).isZero();
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

    LocalNode node() {
        return node;
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

    LocalPod jobManager() {
        return jobManager;
    }

    LocalPod taskManager() {
        return taskManager;
    }

    /** The address of a container's port. */
    static URI address(LocalPod pod, int port) {
        return URI.create("http://" + LocalNode.LOOPBACK + ":" + pod.port(port));
    }

    /** All counters of the state, one by one, against plain loops over all trials. */
    void requireExactAnswers(GeneratedTrials trials) throws Exception {
        // The job may be restarted once more meanwhile: then there is no answer, but never a wrong
        // one.
        await("counts of " + trials.count() + " trials")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .conditionEvaluationListener(condition -> restartDeadContainers())
                .ignoreException(EstimateUnavailableException.class)
                .until(
                        () -> {
                            try (EstimateReader reader = open()) {
                                if (reader.memorization(0).from().trials() != trials.count()) {
                                    return false;
                                }
                                requireEveryCounter(reader, trials);
                                return true;
                            }
                        });
    }

    private static void requireEveryCounter(EstimateReader reader, GeneratedTrials trials)
            throws EstimateUnavailableException {
        for (int i = 0; i < TestExperiment.TRAIN; i++) {
            assertThat(reader.memorization(i).estimate().counts()).isEqualTo(trials.own(i));
            for (int j = 0; j < TestExperiment.TEST; j++) {
                assertThat(reader.influence(i, j).estimate().counts())
                        .as("pair %d, %d", i, j)
                        .isEqualTo(trials.pair(i, j));
            }
        }
    }

    private EstimateReader open() throws EstimateUnavailableException {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", broker.bootstrapServers());
        return QueryableStateEstimateReader.open(
                kafka,
                "digits",
                new InetSocketAddress(LocalNode.LOOPBACK, taskManager.port(STATE_PROXY)),
                Duration.ofSeconds(5));
    }

    /** What Kubernetes does with containers of these pods that have ended. */
    void restartDeadContainers() {
        for (LocalPod pod : List.of(jobManager, taskManager)) {
            if (!pod.isAlive()) {
                pod.start();
            }
        }
    }

    /** Waits until the running job has completed so many checkpoints. */
    void awaitCheckpoints(int completed) {
        await(completed + " checkpoints")
                .atMost(PATIENCE)
                .until(() -> checkpoints().at("/counts/completed").asInt() >= completed);
    }

    /** The state that the running job was restored from; empty while it is not. */
    String restoredFrom() {
        return checkpoints().at("/latest/restored/external_path").asText();
    }

    /** What Flink says of the running job's checkpoints; nothing while there is no such job. */
    JsonNode checkpoints() {
        String job = job();
        return job.isEmpty() ? MissingNode.getInstance() : rest("/jobs/" + job + "/checkpoints");
    }

    /** Id of the running job; empty while there is none. */
    String job() {
        return rest("/jobs/overview").at("/jobs/0/jid").asText();
    }

    /** An answer of Flink's REST interface; a missing node while nobody answers. */
    JsonNode rest(String path) {
        try {
            return new ObjectMapper().readTree(get(address(jobManager, REST).resolve(path)));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The body of an answer, whatever its status. */
    String get(URI address, String... headers) throws IOException {
        return response(address, headers).body();
    }

    HttpResponse<String> response(URI address, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
