package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart renders and the build packages starts for real: topics, and JobManager and
 * TaskManager as processes of their own, from the files of their image. They count, answer, are
 * watched, and go on after either of them died.
 */
@Timeout(600)
class RenderedClusterITCase {

    private static final int METRICS = 9249;

    @TempDir Path dir;
    private RenderedSystem system;
    private GeneratedTrials trials;

    @BeforeEach
    void start() throws Exception {
        system =
                new RenderedSystem(
                        new LocalNode(dir),
                        Map.of(
                                "metrics.podMonitor.enabled", true,
                                "metrics.prometheusRule.enabled", true,
                                "metrics.grafanaDashboards.enabled", true));
        trials = new GeneratedTrials(TestExperiment.small(), system.bootstrapServers());
        trials.describe(TestExperiment.small());
        system.startFlink();
    }

    @AfterEach
    void stop() throws InterruptedException {
        system.close();
    }

    @Test
    void countsAnswersAndGoesOnAfterAProcessDied() throws Exception {
        trials.publish(64);
        system.job().requireExactAnswers(trials.counted());
        system.job().awaitCheckpoints(2);
        requireEveryWatchedMetric();

        system.jobManager().kill();
        system.jobManager().start();
        system.job().awaitRestoredFrom("file:" + dir + "/claim-[^/]+/digits/.*");
        trials.publish(40);
        system.job().requireExactAnswers(trials.counted());

        system.taskManager().kill();
        system.taskManager().start();
        trials.publish(24);
        system.job().requireExactAnswers(trials.counted());
    }

    /** Whatever alerts and dashboards name must be there, else they would be silent for ever. */
    private void requireEveryWatchedMetric() {
        Map<String, Set<String>> watched = WatchedMetrics.of(system.manifests());
        Set<String> ofTheTarget = WatchedMetrics.ofTheTarget(system.manifests());

        await("metrics")
                .atMost(RunningJob.PATIENCE)
                .ignoreException(ConnectException.class)
                .untilAsserted(
                        () -> {
                            Map<String, Set<String>> scraped = scrape();
                            assertThat(scraped)
                                    .containsKeys(watched.keySet().toArray(String[]::new));
                            watched.forEach(
                                    (metric, labels) ->
                                            assertThat(labels)
                                                    .as("labels of " + metric)
                                                    .allMatch(
                                                            label ->
                                                                    ofTheTarget.contains(label)
                                                                            || scraped.get(metric)
                                                                                    .contains(
                                                                                            label)));
                        });
        assertThat(watched).hasSizeGreaterThan(10);
    }

    private Map<String, Set<String>> scrape() throws IOException {
        Map<String, Set<String>> scraped = new TreeMap<>();
        for (LocalPod pod : new LocalPod[] {system.jobManager(), system.taskManager()}) {
            URL metrics = new URL("http", LocalNode.LOOPBACK, pod.port(METRICS), "/metrics");
            try (InputStream answer = metrics.openStream()) {
                scraped.putAll(
                        WatchedMetrics.scraped(
                                new String(answer.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return scraped;
    }
}
