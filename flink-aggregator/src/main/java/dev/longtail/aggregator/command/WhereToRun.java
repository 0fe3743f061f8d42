package dev.longtail.aggregator.command;

import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Option;

/** Where a job runs: on a cluster that is up, or in this process. */
final class WhereToRun {

    @Option(
            names = "--flink-rest",
            paramLabel = "URL",
            description =
                    "REST interface of the Flink cluster that is to run the job. Where a system runs in the work directory, its cluster is the default.")
    private URI flinkRest;

    @Option(
            names = "--in-process",
            defaultValue = "false",
            description = "Run the job in this process, whether another system runs or not.")
    private boolean inProcess;

    @Option(
            names = "--work-dir",
            paramLabel = "DIRECTORY",
            defaultValue = ".longtail",
            description = "Directory for working state and checkpoints of a job in this process.")
    private Path workDir;

    /** Runs or submits the job; returns the exit code. */
    int run(JobSettings settings, ReplayRange range, PrintWriter out) throws InterruptedException {
        if (flinkRest == null || inProcess) {
            settings.setDefaultCheckpointDir(workDir.resolve("checkpoints").toString());
            return InProcessJob.run(settings, range, workDir.resolve("flink"), out);
        }
        JobID job = RemoteJob.submit(settings, range, flinkRest);
        out.printf(
                "Submitted job %s to %s: counts '%s' into '%s'%n",
                job, flinkRest, settings.experiment(), settings.output());
        return 0;
    }
}
