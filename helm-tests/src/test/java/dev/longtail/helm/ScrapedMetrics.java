package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the pods of Flink show to whoever scrapes them. */
final class ScrapedMetrics {

    private static final int PORT = 9249;

    private ScrapedMetrics() {}

    /** Whatever alerts and dashboards name must be there, else they would be silent for ever. */
    static void requireEveryWatched(RenderedSystem system) {
        Map<String, Set<String>> watched = WatchedMetrics.of(system.manifests());
        Set<String> ofTheTarget = WatchedMetrics.ofTheTarget(system.manifests());

        await("metrics")
                .atMost(RunningJob.PATIENCE)
                .ignoreException(ConnectException.class)
                .untilAsserted(() -> requireAll(watched, ofTheTarget, scrape(system)));
        assertThat(watched).hasSizeGreaterThan(10);
    }

    private static void requireAll(
            Map<String, Set<String>> watched,
            Set<String> ofTheTarget,
            Map<String, Set<String>> scraped) {
        assertThat(scraped).containsKeys(watched.keySet().toArray(String[]::new));
        watched.forEach(
                (metric, labels) ->
                        assertThat(labels)
                                .as("labels of " + metric)
                                .allMatch(
                                        label ->
                                                ofTheTarget.contains(label)
                                                        || scraped.get(metric).contains(label)));
    }

    private static Map<String, Set<String>> scrape(RenderedSystem system) throws IOException {
        Map<String, Set<String>> scraped = new TreeMap<>();
        for (LocalPod pod : new LocalPod[] {system.jobManager(), system.taskManager()}) {
            URL metrics = new URL("http", LocalNode.LOOPBACK, pod.port(PORT), "/metrics");
            try (InputStream answer = metrics.openStream()) {
                scraped.putAll(
                        WatchedMetrics.scraped(
                                new String(answer.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return scraped;
    }
}
