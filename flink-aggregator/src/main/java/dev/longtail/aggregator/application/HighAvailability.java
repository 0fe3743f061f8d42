package dev.longtail.aggregator.application;

import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.aggregator.cluster.RestorePoints.Point;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.highavailability.ApplicationResultStoreOptions;
import org.apache.flink.runtime.highavailability.FileSystemApplicationResultStore;
import org.apache.flink.runtime.highavailability.FileSystemJobResultStore;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.highavailability.JobResultStoreOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job whose newest checkpoint is kept by Flink's high availability, as under Flink's operator: a
 * JobManager that died goes on from that pointer, without being told. Flink goes back to no other
 * when the state cannot be read, and has no way of being told while the pointer is there. So what
 * Flink kept is cleared before its JobManager starts, and the job is then started as if for the
 * first time, from an older checkpoint or savepoint.
 */
public final class HighAvailability {

    private static final Logger LOG = LoggerFactory.getLogger(HighAvailability.class);
    private static final String NOTHING = ApplicationJob.NONE;

    private final Configuration cluster;
    private final String checkpointDir;
    private final String asked;

    /**
     * @param cluster configuration of the JobManager
     * @param checkpointDir directory of the checkpoints of one output, a path or URI
     */
    HighAvailability(Configuration cluster, String checkpointDir) {
        this.cluster = cluster;
        this.checkpointDir = checkpointDir;
        // The operator gives a job that is started from another state another id: what was given
        // up under the former one may be what is asked for now.
        this.asked =
                JobSettings.HIGH_AVAILABILITY
                        + " "
                        + cluster.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
                                .orElse("");
    }

    /**
     * Clears what Flink keeps where the job must be started from something else. Before the
     * JobManager starts; file systems must have been made known.
     *
     * @param cluster configuration of the JobManager
     * @throws Exception when the storage or Kubernetes' API does not answer
     */
    public static void clearWhatCannotBeRestored(Configuration cluster) throws Exception {
        JobSettings settings = ApplicationJob.given(new String[0], System.getenv());
        if (settings.checkpointDir() == null
                || !settings.restore().equals(JobSettings.HIGH_AVAILABILITY)) {
            return;
        }
        HighAvailability kept = new HighAvailability(cluster, settings.checkpointDir());
        Optional<String> replacement = kept.replacement();
        if (replacement.isPresent()) {
            LOG.warn(
                    "'{}' was given up: Flink's pointer to its newest checkpoint is cleared, so that it goes on from {}",
                    settings.output(),
                    replacement.get());
            kept.clear();
        }
    }

    /** What is noted with every start and everything that was given up. */
    String asked() {
        return asked;
    }

    /**
     * What the job must be started from in the place of what Flink kept: an older checkpoint or
     * savepoint, or {@code none} (count all trials anew) when every one was given up. Empty where
     * Flink's own pointer holds.
     */
    Optional<String> replacement() {
        return replacement(RestoreAttempts.in(checkpointDir, asked));
    }

    private Optional<String> replacement(RestoreAttempts attempts) {
        List<Point> newestFirst = points(attempts);
        if (attempts.areAllLost(newestFirst)) {
            return Optional.of(NOTHING);
        }
        return attempts.choose(newestFirst)
                .filter(chosen -> !chosen.equals(newestFirst.get(0).path()));
    }

    /** What this job may go back to: where it was told to count anew, nothing of before that. */
    private List<Point> points(RestoreAttempts attempts) {
        List<Point> newestFirst = new RestorePoints(checkpointDir).newestFirst();
        OptionalLong anew = attempts.firstStartFrom(NOTHING);
        return anew.isEmpty()
                ? newestFirst
                : newestFirst.stream()
                        .filter(point -> point.writtenMillis() > anew.getAsLong())
                        .toList();
    }

    /**
     * Notes that the job is started now: for the first time, from its replacement or from what
     * Flink kept, which is the newest point.
     *
     * @return what {@code --restore} is now: a replacement; {@code high-availability} where Flink
     *     restores the job by itself; {@code none} at a first start from no state
     */
    String start() {
        RestoreAttempts attempts = RestoreAttempts.in(checkpointDir, asked);
        if (!attempts.hasStarted() && !cluster.contains(StateRecoveryOptions.SAVEPOINT_PATH)) {
            attempts.record(asked, NOTHING);
            return NOTHING;
        }
        Optional<String> replacement = replacement(attempts);
        attempts.record(
                asked,
                replacement.orElseGet(
                        () ->
                                points(attempts).stream()
                                        .findFirst()
                                        .map(Point::path)
                                        .orElse(JobSettings.HIGH_AVAILABILITY)));
        return replacement.orElse(JobSettings.HIGH_AVAILABILITY);
    }

    /**
     * Removes pointers and plans, and how the former run ended: Flink would not run a job again
     * that has ended.
     */
    private void clear() throws Exception {
        Optional<String> job = cluster.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID);
        try (HighAvailabilityServices services =
                HighAvailabilityServicesUtils.createAvailableOrEmbeddedServices(
                        cluster,
                        Runnable::run,
                        failure -> LOG.error("high availability failed", failure))) {
            // Pointers first: without them, what else is kept leads to no state.
            if (job.isPresent()) {
                services.globalCleanupAsync(JobID.fromHexString(job.get()), Runnable::run).get();
            }
            services.cleanupAllData();
        }
        String storage = cluster.get(HighAvailabilityOptions.HA_STORAGE_PATH);
        String id = cluster.get(HighAvailabilityOptions.HA_CLUSTER_ID);
        delete(
                cluster.getOptional(JobResultStoreOptions.STORAGE_PATH)
                        .orElseGet(
                                () ->
                                        FileSystemJobResultStore.createDefaultJobResultStorePath(
                                                storage, id)));
        delete(
                cluster.getOptional(ApplicationResultStoreOptions.STORAGE_PATH)
                        .orElseGet(
                                () ->
                                        FileSystemApplicationResultStore
                                                .createDefaultApplicationResultStorePath(
                                                        storage, id)));
    }

    private static void delete(String directory) throws IOException {
        Path path = new Path(directory);
        path.getFileSystem().delete(path, true);
    }
}
