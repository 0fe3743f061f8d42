package dev.longtail.local.cluster;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobPreparation;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.client.FlinkRest;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.aggregator.cluster.PeriodicSavepoints;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.aggregator.cluster.RestoreWatch;
import java.io.IOException;
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
    private final RestoreWatch restores;
    private final PeriodicSavepoints savepoints;
    private JobStatus lastStatus = JobStatus.RUNNING;

    private CountingJob(
            EmbeddedCluster cluster,
            RestorePoints points,
            AggregatorJob job,
            JobID id,
            Consumer<String> say) {
        this.cluster = cluster;
        this.points = points;
        this.experiment = job.plan().experiment();
        this.id = id;
        this.restores = new RestoreWatch(new FlinkRest(cluster.restAddress()), id);
        this.savepoints =
                new PeriodicSavepoints(
                        job.settings().savepointInterval(),
                        points,
                        directory -> cluster.savepoint(id, directory),
                        say);
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
                return submitted.announced(cluster, points, say);
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
        return submit(cluster, name, arguments, data, "none").announced(cluster, points, say);
    }

    private record Submitted(AggregatorJob job, JobID id) {

        CountingJob announced(EmbeddedCluster cluster, RestorePoints points, Consumer<String> say) {
            InetSocketAddress proxy = cluster.stateProxy();
            JobPreparation.announce(job, id, proxy.getHostString() + ":" + proxy.getPort());
            return new CountingJob(cluster, points, job, id, say);
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

    /**
     * Looks after the running job: says when it has ended although nobody stopped it here, takes
     * the periodic savepoints, and stops it when it cannot get its state back.
     *
     * @return whether it was stopped for that: then it must be started again, which tries what is
     *     there from the newest to the oldest
     */
    boolean isLost(Consumer<String> say) {
        JobStatus status = cluster.status(id);
        if (status != lastStatus && status == JobStatus.FAILED) {
            say.accept(
                    "Counting of '%s' failed; the log of the cluster says why."
                            .formatted(experiment));
        }
        lastStatus = status;
        if (status == JobStatus.RUNNING) {
            savepoints.look();
        }
        // Right after a failure the job is running again for Flink while its tasks fail.
        return !status.isTerminalState() && isHopeless(say);
    }

    private boolean isHopeless(Consumer<String> say) {
        try {
            Optional<String> why = restores.hopeless();
            if (why.isEmpty()) {
                return false;
            }
            say.accept(
                    "The state of '%s' is DAMAGED, its newest checkpoint cannot be restored (%s): going back to an older one. No trial is lost or counted twice by that."
                            .formatted(experiment, why.get()));
            cancel(cluster, id);
            return true;
        } catch (IOException e) {
            LOG.debug("the job {} cannot be watched now", id, e);
            return false;
        }
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
