package dev.longtail.aggregator.application;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.client.FlinkRest;
import dev.longtail.aggregator.cluster.PeriodicSavepoints;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.aggregator.cluster.RestoreWatch;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the job from within its JobManager: takes the periodic savepoints, and ends a job that
 * cannot get its state back, so that the JobManager that is started next goes on from an older one.
 */
final class ApplicationWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationWatch.class);
    private static final long LOOK_SECONDS = 2;
    private static final String LOOPBACK = "127.0.0.1";

    private final JobClient job;
    private final Start start;
    private final JobSettings settings;
    private final FlinkRest flink;
    private final RestoreWatch restores;
    private final PeriodicSavepoints savepoints;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(ApplicationWatch::daemon);

    private ApplicationWatch(Start start, JobClient job, FlinkRest flink) {
        this.job = job;
        this.start = start;
        this.settings = start.settings();
        this.flink = flink;
        this.restores = new RestoreWatch(flink, job.getJobID());
        this.savepoints =
                new PeriodicSavepoints(
                        settings.savepointInterval(),
                        new RestorePoints(settings.checkpointDir()),
                        directory -> job.triggerSavepoint(directory, SavepointFormatType.NATIVE),
                        LOG::warn);
    }

    /** Watches until the process ends. */
    static void start(Start start, AggregatorJob.Submission submission) {
        ApplicationWatch watch =
                new ApplicationWatch(
                        start, submission.client(), new FlinkRest(ownRest(submission.cluster())));
        watch.looking.scheduleWithFixedDelay(
                watch::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Without a way through the network, where it listens on all interfaces. */
    static URI ownRest(ReadableConfig cluster) {
        String address = cluster.getOptional(RestOptions.ADDRESS).orElse(LOOPBACK);
        String listens = cluster.getOptional(RestOptions.BIND_ADDRESS).orElse(address);
        return URI.create(
                "http://%s:%d"
                        .formatted(
                                listens.equals("0.0.0.0") ? LOOPBACK : listens,
                                cluster.get(RestOptions.PORT)));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "watch-job");
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        try {
            Optional<String> hopeless = restores.hopeless();
            if (hopeless.isPresent()) {
                giveUp(hopeless.get());
            } else {
                savepoints.look();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("the job cannot be watched now", e);
        }
    }

    private void giveUp(String why) throws IOException {
        Optional<String> from = flink.restoredFrom(job.getJobID());
        LOG.error(
                "'{}' CANNOT BE RESTORED from {}: {}. It is stopped; the next JobManager goes on from an older checkpoint or savepoint, or counts all trials anew when there is none. No trial is lost or counted twice by that",
                settings.output(),
                from.orElse("its newest checkpoint"),
                why);
        from.ifPresent(
                path ->
                        RestoreAttempts.in(settings.checkpointDir())
                                .recordLostFiles(start.asked(), path));
        looking.shutdown();
        start.endProcessWhereFlinkWouldKeepIt();
        job.cancel();
    }
}
