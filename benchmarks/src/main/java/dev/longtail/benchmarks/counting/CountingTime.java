package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.aggregator.folding.FoldFunction;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the counting tasks of a job had counted at a time, by their own clocks. Flink's busy
 * time is no use for less than minutes: a task notes its idle time every five seconds only.
 *
 * @param millis summed over the tasks
 * @param nanoTime when they were asked
 */
record CountingTime(double millis, long nanoTime) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TASK = "count pairs";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Asks a job, twice: Flink answers with what its tasks told it when somebody asked before.
     *
     * @throws IOException when the cluster does not answer or has no such task
     */
    static CountingTime of(JobProcess.Address address) throws IOException, InterruptedException {
        URL metric = address.rest().resolve(metricOf(address)).toURL();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        JsonNode known = JSON.readTree(metric);
        while (known.isEmpty() && System.nanoTime() < giveUp) {
            pause();
            known = JSON.readTree(metric);
        }
        if (known.isEmpty()) {
            throw new IOException("Flink knows no metric at " + metric);
        }
        long asked = System.nanoTime();
        pause();
        double millis = JSON.readTree(metric).path(0).path("sum").asDouble(Double.NaN);
        return new CountingTime(millis, asked);
    }

    private static void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(3 * EmbeddedCluster.METRICS_AGE.toMillis());
    }

    /** Above one when several tasks counted at once. */
    double shareSince(CountingTime before) {
        return (millis - before.millis) * 1e6 / (nanoTime - before.nanoTime);
    }

    private static String metricOf(JobProcess.Address address) throws IOException {
        String job = "/jobs/" + address.job();
        for (JsonNode vertex :
                JSON.readTree(address.rest().resolve(job).toURL()).path("vertices")) {
            if (vertex.path("name").asText().startsWith(TASK)) {
                return "%s/vertices/%s/subtasks/metrics?agg=sum&get=%s.%s"
                        .formatted(
                                job,
                                vertex.path("id").asText(),
                                TASK.replace(' ', '_'),
                                FoldFunction.COUNTING_MILLIS);
            }
        }
        throw new IOException("Flink knows no task '" + TASK + "' of the job");
    }
}
