package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.images.trainer.TrainerImage;
import dev.longtail.settings.Program;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart renders and the build packages starts for real: topics, and JobManager and
 * TaskManager as processes of their own, from the files of their image.
 */
@Timeout(600)
class RenderedClusterITCase {

    private static final int METRICS = 9249;
    private static final int QUERY_SERVICE = 6126;
    private static final int REST = 8081;
    private static final int STATE_PROXY = 9069;
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private TestBroker broker;
    private Manifests manifests;
    private LocalPod jobManager;
    private LocalPod taskManager;
    private GeneratedTrials trials;

    @BeforeEach
    void render() throws Exception {
        broker = TestBroker.start(Files.createDirectories(dir.resolve("broker")));
        Map<String, Object> values = new HashMap<>();
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
        manifests = Chart.render(Chart.mode("standalone"), values);
        createTopics();
        LocalPod.Node node = LocalPod.Node.of(dir, "job");
        jobManager = pod(node, "jobmanager");
        taskManager = pod(node, "taskmanager");
        trials = new GeneratedTrials(TestExperiment.small(), broker.bootstrapServers());
    }

    private void createTopics() {
        JsonNode hook =
                manifests.get("Job", "demo-longtail-topics").at("/spec/template/spec/containers/0");
        Map<String, String> environment = ProgramSettingsTest.environment(hook, manifests);
        environment.put("LONGTAIL_WORK_DIR", dir.toString());

        int code = Program.run(new TrainerImage(), environment, hook.at("/args/0").asText());

        assertThat(code).isZero();
    }

    private LocalPod pod(LocalPod.Node node, String component) throws IOException {
        PodView view =
                PodView.of(manifests.get("StatefulSet", "demo-longtail-" + component))
                        .findFirst()
                        .orElseThrow();
        Path own = Files.createDirectories(dir.resolve(component));
        return LocalPod.of(
                manifests,
                view,
                node,
                own,
                List.of(METRICS, QUERY_SERVICE),
                Map.of(
                        "/var/lib/longtail/storage",
                                Files.createDirectories(dir.resolve("storage")),
                        "/var/lib/longtail/state", Files.createDirectories(own.resolve("state"))));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (LocalPod pod : new LocalPod[] {jobManager, taskManager}) {
            if (pod != null) {
                pod.close();
            }
        }
        broker.close();
    }

    @Test
    void countsAnswersAndGoesOnAfterTheJobManagerDied() throws Exception {
        jobManager.start();
        taskManager.start();
        trials.describe(TestExperiment.small());
        trials.publish(64);

        requireExactAnswers();
        await("a checkpoint after the last block")
                .atMost(PATIENCE)
                .until(() -> checkpoints().at("/counts/completed").asInt() >= 2);

        jobManager.kill();
        jobManager.start();
        await("the new JobManager's job, restored from the storage")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () ->
                                checkpoints()
                                        .at("/latest/restored/external_path")
                                        .asText()
                                        .startsWith("file:" + dir.resolve("storage/digits")));
        trials.publish(40);

        requireExactAnswers();
    }

    /** All counters of the state, one by one, against plain loops over all trials. */
    private void requireExactAnswers() throws Exception {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", broker.bootstrapServers());
        InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", taskManager.port(STATE_PROXY));
        await("counts of " + trials.count() + " trials")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .conditionEvaluationListener(condition -> requireAlive())
                .ignoreException(EstimateUnavailableException.class)
                .until(
                        () -> {
                            try (EstimateReader reader = open(kafka, proxy)) {
                                return reader.memorization(0).from().trials() == trials.count();
                            }
                        });
        try (EstimateReader reader = open(kafka, proxy)) {
            for (int i = 0; i < TestExperiment.TRAIN; i++) {
                assertThat(reader.memorization(i).estimate().counts()).isEqualTo(trials.own(i));
                for (int j = 0; j < TestExperiment.TEST; j++) {
                    assertThat(reader.influence(i, j).estimate().counts())
                            .as("pair %d, %d", i, j)
                            .isEqualTo(trials.pair(i, j));
                }
            }
        }
    }

    private static EstimateReader open(Properties kafka, InetSocketAddress proxy)
            throws EstimateUnavailableException {
        return QueryableStateEstimateReader.open(kafka, "digits", proxy, Duration.ofSeconds(5));
    }

    private void requireAlive() {
        for (LocalPod pod : List.of(jobManager, taskManager)) {
            if (!pod.isAlive()) {
                throw new AssertionError("a process has ended:\n" + tail(pod.log()));
            }
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log " + log;
        }
    }

    /** What Flink says of the running job's checkpoints; nothing while there is no such job. */
    private JsonNode checkpoints() throws Exception {
        try {
            String job = rest("/jobs/overview").at("/jobs/0/jid").asText();
            return job.isEmpty()
                    ? MissingNode.getInstance()
                    : rest("/jobs/" + job + "/checkpoints");
        } catch (ConnectException e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode rest(String path) throws Exception {
        return new ObjectMapper().readTree(get(jobManager.port(REST), path));
    }

    private String get(int port, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
