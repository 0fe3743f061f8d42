package dev.longtail.local.cluster;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobPreparation;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.aggregator.cluster.RestorePoints;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job of one experiment on this machine's cluster: restored, watched, stopped. */
final class CountingJob {

    private static final Logger LOG = LoggerFactory.getLogger(CountingJob.class);
    private static final long SAVEPOINT_SECONDS = 90;

    private final EmbeddedCluster cluster;
    private final RestorePoints points;
    private final String experiment;
    private final JobID id;
    private JobStatus lastStatus = JobStatus.RUNNING;

    private CountingJob(
            EmbeddedCluster cluster, RestorePoints points, String experiment, JobID id) {
        this.cluster = cluster;
        this.points = points;
        this.experiment = experiment;
        this.id = id;
    }

    /**
     * Starts the job from the newest state that can be restored; without any, from the first trial.
     *
     * @param name the experiment, which is described and has its trials topic
     * @param arguments the job's settings, but for the experiment and its state
     * @param data directory of all state
     * @param say takes messages for people
     * @throws RefusedStateException when the state was counted with other settings
     * @throws IllegalArgumentException when the settings do not fit the experiment
     */
    static CountingJob start(
            EmbeddedCluster cluster,
            String name,
            List<String> arguments,
            Path data,
            Consumer<String> say)
            throws InterruptedException {
        RestorePoints points = new RestorePoints(data.resolve(name).toUri().toString());
        points.prune();
        for (RestorePoints.Point point : points.newestFirst()) {
            Submitted submitted = submit(cluster, name, arguments, data, point.path());
            Optional<String> failure = Startup.failure(cluster, submitted.id());
            if (failure.isEmpty()) {
                say.accept("Counting of '%s' goes on from %s.".formatted(name, point.path()));
                return submitted.announced(cluster, points);
            }
            cancel(cluster, submitted.id());
            RefusedStateException.throwIfRefused(name, failure.get());
            LOG.warn("cannot restore {} from {}: {}", name, point.path(), failure.get());
            say.accept(
                    "State of '%s' in %s cannot be restored (%s): trying an older one."
                            .formatted(
                                    name,
                                    point.path(),
                                    failure.get().lines().findFirst().orElse("")));
        }
        if (!points.newestFirst().isEmpty()) {
            say.accept(
                    "No state of '%s' can be restored: all its trials are counted anew."
                            .formatted(name));
        }
        return submit(cluster, name, arguments, data, "none").announced(cluster, points);
    }

    private record Submitted(AggregatorJob job, JobID id) {

        CountingJob announced(EmbeddedCluster cluster, RestorePoints points) {
            InetSocketAddress proxy = cluster.stateProxy();
            JobPreparation.announce(job, id, proxy.getHostString() + ":" + proxy.getPort());
            return new CountingJob(cluster, points, job.plan().experiment(), id);
        }
    }

    private static Submitted submit(
            EmbeddedCluster cluster,
            String experiment,
            List<String> arguments,
            Path data,
            String restore)
            throws InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--experiment=" + experiment);
        all.add("--checkpoint-dir=" + data);
        all.add("--restore=" + restore);
        AggregatorJob job =
                JobPreparation.prepare(
                        JobSettings.parse(all.toArray(String[]::new)), ReplayRange.EVERYTHING);
        return new Submitted(job, cluster.submit(job.graph()));
    }

    /** Says when the job has ended although nobody stopped it here. */
    void watch(Consumer<String> say) {
        JobStatus status = cluster.status(id);
        if (status != lastStatus && status == JobStatus.FAILED) {
            say.accept(
                    "Counting of '%s' failed; the log of the cluster says why."
                            .formatted(experiment));
        }
        lastStatus = status;
    }

    /** Stops with a savepoint; without one when none can be taken, which is said. */
    void stop(Consumer<String> say) throws InterruptedException {
        if (cluster.status(id).isGloballyTerminalState()) {
            return;
        }
        try {
            cluster.miniCluster()
                    .stopWithSavepoint(id, points.savepoints(), false, SavepointFormatType.NATIVE)
                    .get(SAVEPOINT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            say.accept(
                    "No savepoint of '%s' (%s): the next start goes on from its last checkpoint."
                            .formatted(experiment, e));
            cancel(cluster, id);
        }
    }

    private static void cancel(EmbeddedCluster cluster, JobID job) {
        try {
            if (!cluster.status(job).isGloballyTerminalState()) {
                cluster.cancel(job);
            }
            cluster.result(job).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the job " + job + " cannot be cancelled", e);
        }
    }
}
