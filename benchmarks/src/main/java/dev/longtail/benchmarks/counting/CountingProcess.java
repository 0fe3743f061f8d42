package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.local.process.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.JobID;

/**
 * The measured process: a Flink cluster whose job counts all trials of a topic, as an experiment's
 * own job does that has to catch up. While that waits for further ones a second job replays them,
 * as in a system that runs; and then a third, alone: the second still meets compilers at work.
 *
 * <p>Arguments: the file for the result, a directory for everything else, the number of trials,
 * then the job's own.
 */
public final class CountingProcess {

    private static final int OWN_ARGUMENTS = 3;
    private static final String REPLAY_SUFFIX = "-replay";
    private static final int JOBS_AT_ONCE = 2;
    private static final String WARM_SUFFIX = "-warm";

    private CountingProcess() {}

    /** Counts. */
    public static void main(String[] arguments) throws Exception {
        StopRequest.watch();
        Path directory = Path.of(arguments[1]);
        long trials = Long.parseLong(arguments[2]);
        JobSettings settings =
                JobSettings.parse(Arrays.copyOfRange(arguments, OWN_ARGUMENTS, arguments.length));
        CountingResult result;
        try (DiskWatch disk = DiskWatch.start(directory);
                EmbeddedCluster cluster =
                        EmbeddedCluster.start(
                                ClusterOptions.in(directory.resolve("flink"))
                                        .withSlots(JOBS_AT_ONCE * settings.parallelism()))) {
            Count first = count(cluster, settings, trials);
            cluster.checkpoint(first.job);
            CheckpointFigures checkpoints = CheckpointFigures.of(cluster.restAddress(), first.job);
            long memory = ProcessUsage.peakBytes();
            long peakDisk = disk.peakBytes();
            String output = settings.output();
            settings.setOutput(output + REPLAY_SUFFIX);
            Count replay = count(cluster, settings, trials);
            for (JobID job : List.of(first.job, replay.job)) {
                cluster.cancel(job);
                cluster.result(job).get();
            }
            settings.setOutput(output + WARM_SUFFIX);
            Count warm = count(cluster, settings, trials);
            cluster.cancel(warm.job);
            result =
                    new CountingResult(
                            first.seconds,
                            first.cpuSeconds,
                            replay.seconds,
                            replay.cpuSeconds,
                            warm.seconds,
                            warm.cpuSeconds,
                            memory,
                            checkpoints,
                            peakDisk);
        }
        new ObjectMapper().writeValue(Path.of(arguments[0]).toFile(), result);
        System.exit(0);
    }

    private record Count(JobID job, double seconds, double cpuSeconds) {}

    private static Count count(EmbeddedCluster cluster, JobSettings settings, long trials)
            throws IOException, InterruptedException {
        double cpuBefore = ProcessUsage.cpuSeconds();
        long begin = System.nanoTime();
        JobID job = cluster.launch(settings, ReplayRange.EVERYTHING);
        double seconds = (awaitPublication(cluster, job, settings, trials) - begin) / 1e9;
        return new Count(job, seconds, ProcessUsage.cpuSeconds() - cpuBefore);
    }

    /** Returns when a publication of all trials was there. */
    private static long awaitPublication(
            EmbeddedCluster cluster, JobID job, JobSettings settings, long trials)
            throws IOException {
        try (PublicationWatch watch =
                new PublicationWatch(settings.kafka().clientProperties(), settings.output())) {
            while (true) {
                for (PublicationWatch.Publication publication : watch.next()) {
                    if (publication.trials() >= trials) {
                        return publication.nanoTime();
                    }
                }
                if (cluster.status(job).isGloballyTerminalState()) {
                    throw new IOException("the job ended before all trials were counted");
                }
            }
        }
    }
}
