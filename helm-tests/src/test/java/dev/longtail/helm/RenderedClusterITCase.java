package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
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

    @TempDir Path dir;
    private RenderedSystem system;
    private GeneratedTrials trials;

    @BeforeEach
    void start() throws Exception {
        system =
                new RenderedSystem(
                        dir,
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
        system.requireExactAnswers(trials);
        system.awaitCheckpoints(2);
        requireEveryWatchedMetric();

        system.jobManager().kill();
        system.jobManager().start();
        awaitRestored();
        trials.publish(40);
        system.requireExactAnswers(trials);

        system.taskManager().kill();
        system.taskManager().start();
        trials.publish(24);
        system.requireExactAnswers(trials);
    }

    private void awaitRestored() {
        await("the new JobManager's job, restored from the storage")
                .atMost(RenderedSystem.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () ->
                                system.restoredFrom()
                                        .matches("file:" + dir + "/claim-[^/]+/digits/.*"));
    }

    /** Whatever alerts and dashboards name must be there, else they would be silent for ever. */
    private void requireEveryWatchedMetric() {
        Map<String, Set<String>> watched = WatchedMetrics.of(system.manifests());
        Set<String> ofTheTarget = WatchedMetrics.ofTheTarget(system.manifests());

        await("metrics")
                .atMost(RenderedSystem.PATIENCE)
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
            String answer =
                    system.get(
                            RenderedSystem.address(pod, RenderedSystem.METRICS)
                                    .resolve("/metrics"));
            scraped.putAll(WatchedMetrics.scraped(answer));
        }
        return scraped;
    }
}
