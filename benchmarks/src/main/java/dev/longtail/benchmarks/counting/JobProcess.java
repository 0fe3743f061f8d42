package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.local.process.StopRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.apache.flink.api.common.JobID;

/**
 * A Flink cluster whose job counts until the process is asked to stop.
 *
 * <p>Arguments: the file that says where the job runs, a directory for everything else, then the
 * job's own.
 */
public final class JobProcess {

    private static final int OWN_ARGUMENTS = 2;

    private JobProcess() {}

    /**
     * Where the job runs.
     *
     * @param rest Flink's REST interface
     * @param job the job's id
     */
    record Address(URI rest, String job) {

        JobID jobId() {
            return JobID.fromHexString(job);
        }
    }

    /** Counts. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        JobSettings settings =
                JobSettings.parse(Arrays.copyOfRange(arguments, OWN_ARGUMENTS, arguments.length));
        EmbeddedCluster cluster =
                EmbeddedCluster.start(
                        ClusterOptions.in(directory.resolve("flink"))
                                .withSlots(settings.parallelism()));
        JobID job = cluster.launch(settings, ReplayRange.EVERYTHING);
        Path ready = Path.of(arguments[0]);
        Path written = ready.resolveSibling(ready.getFileName() + ".part");
        new ObjectMapper()
                .writeValue(
                        written.toFile(), new Address(cluster.restAddress(), job.toHexString()));
        Files.move(written, ready, StandardCopyOption.ATOMIC_MOVE);
        StopRequest.beforeExit(cluster::close);
        StopRequest.watch();
        Thread.currentThread().join();
    }
}
