package dev.longtail.aggregator.command;

import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;

/** Runs a job on a cluster in this process until the job ends or the process is stopped. */
final class InProcessJob {

    private InProcessJob() {}

    static int run(JobSettings settings, ReplayRange range, Path workDir, PrintWriter out)
            throws InterruptedException {
        ClusterOptions options = ClusterOptions.in(workDir).withSlots(settings.parallelism());
        EmbeddedCluster cluster = EmbeddedCluster.start(options);
        // Ctrl-C ends the cluster in order; the newest checkpoint stays and is continued from.
        Thread stop = new Thread(cluster::close, "stop-cluster");
        Runtime.getRuntime().addShutdownHook(stop);
        out.println("Flink: " + cluster.restAddress());
        out.flush();
        JobID job = cluster.launch(settings, range);
        out.printf(
                "Job %s counts '%s' into '%s'; queryable state at %s%n",
                job, settings.experiment(), settings.output(), Proxy.text(cluster.stateProxy()));
        out.flush();
        JobResult result = cluster.result(job).join();
        if (result.getSerializedThrowable().isPresent()) {
            throw new IllegalStateException(
                    "the job failed: " + result.getSerializedThrowable().get().getMessage(),
                    result.getSerializedThrowable().get());
        }
        Runtime.getRuntime().removeShutdownHook(stop);
        cluster.close();
        return 0;
    }
}
