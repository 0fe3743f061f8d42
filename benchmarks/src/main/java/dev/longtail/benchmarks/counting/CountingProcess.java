package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.local.process.StopRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flink.api.common.JobID;

/**
 * The measured process: a Flink cluster that counts all trials of a topic and ends.
 *
 * <p>Arguments: the file for the result, a directory for everything else, then the job's own.
 */
public final class CountingProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CountingProcess() {}

    /** Counts. */
    public static void main(String[] arguments) throws Exception {
        StopRequest.watch();
        Path directory = Path.of(arguments[1]);
        JobSettings settings =
                JobSettings.parse(Arrays.copyOfRange(arguments, 2, arguments.length));
        CountingResult result;
        try (DiskWatch disk = DiskWatch.start(directory);
                EmbeddedCluster cluster =
                        EmbeddedCluster.start(
                                ClusterOptions.in(directory.resolve("flink"))
                                        .withSlots(settings.parallelism()))) {
            double cpuBefore = ProcessUsage.cpuSeconds();
            long begin = System.nanoTime();
            JobID job = cluster.launch(settings, ReplayRange.UNTIL_NOW);
            cluster.result(job).get().toJobExecutionResult(CountingProcess.class.getClassLoader());
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpu = ProcessUsage.cpuSeconds() - cpuBefore;
            result = result(seconds, cpu, cluster.restAddress(), job, disk.peakBytes());
        }
        JSON.writeValue(Path.of(arguments[0]).toFile(), result);
        System.exit(0);
    }

    private static CountingResult result(
            double seconds, double cpuSeconds, URI rest, JobID job, long peakDisk)
            throws Exception {
        JsonNode checkpoints = JSON.readTree(rest.resolve("/jobs/" + job + "/checkpoints").toURL());
        JsonNode last = checkpoints.at("/latest/completed");
        JsonNode summary = checkpoints.at("/summary");
        return new CountingResult(
                seconds,
                cpuSeconds,
                ProcessUsage.peakBytes(),
                last.path("state_size").asLong(),
                summary.at("/checkpointed_size/max").asLong(),
                summary.at("/end_to_end_duration/max").asLong(),
                checkpoints.at("/counts/completed").asInt(),
                peakDisk);
    }
}
