package dev.longtail.aggregator.application;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobPreparation;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.aggregator.command.JobCommand;
import dev.longtail.settings.SettingsSources;
import dev.longtail.settings.UnknownSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Main class of the counting job in Flink's application mode. Settings are those of {@code longtail
 * job}, from arguments, environment or file.
 *
 * <p>{@code --restore newest}, the default, goes on from the newest complete checkpoint or
 * savepoint below {@code --checkpoint-dir}, wherever that is, so that a JobManager that died, a new
 * image and changed settings all continue the counts without high-availability services. One that
 * was tried {@value RestoreAttempts#TRIES} times without a newer one following, or whose files
 * {@link ApplicationWatch} saw missing, is passed over in favour of the next older one.
 *
 * <p>A path, or {@code anew} (count all trials anew), holds until the job has a checkpoint of its
 * own, so that a restart does not go back. {@code none} always counts anew. {@code
 * high-availability} leaves it to Flink's high availability, as Flink's operator needs it, until
 * that cannot be restored: {@link HighAvailability}.
 */
public final class ApplicationJob {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationJob.class);
    private static final String NEWEST = "newest";

    /** Of {@code --restore}: all trials are counted anew. */
    static final String NONE = "none";

    private static final String ANEW = "anew";

    private ApplicationJob() {}

    /**
     * Builds the job and hands it to the JobManager that calls.
     *
     * @throws CommandLine.ParameterException when a setting is wrong
     */
    public static void main(String[] arguments) throws Exception {
        Start start = start(arguments, System.getenv());
        AggregatorJob job = JobPreparation.prepare(start.settings(), ReplayRange.EVERYTHING);
        AggregatorJob.Submission submission = execute(job, start);
        JobPreparation.announce(job, submission.client().getJobID(), "");
        if (start.settings().checkpointDir() != null) {
            ApplicationWatch.start(start, submission);
        }
    }

    private static AggregatorJob.Submission execute(AggregatorJob job, Start start)
            throws Exception {
        try {
            return job.execute();
        } catch (Exception e) {
            JobSettings settings = start.settings();
            if (start.hasPath() && isUnreadable(e)) {
                LOG.error(
                        "'{}' CANNOT BE RESTORED from {}: the next JobManager goes on from an older checkpoint or savepoint",
                        settings.output(),
                        settings.restore(),
                        e);
                RestoreAttempts.in(settings.checkpointDir())
                        .recordLost(start.asked(), settings.restore());
                start.endProcessWhereFlinkWouldKeepIt();
            }
            throw e;
        }
    }

    /** Whether Flink failed while it read the metadata of a checkpoint or savepoint. */
    private static boolean isUnreadable(Throwable failure) {
        return ExceptionUtils.stringifyException(failure)
                .contains("org.apache.flink.runtime.checkpoint.Checkpoints.loadCheckpointMetadata");
    }

    /** Settings as they were given. */
    static JobSettings given(String[] arguments, Map<String, String> environment) {
        CommandLine command = new CommandLine(new JobCommand());
        String complaint = UnknownSettings.complaint(environment, command.getCommandSpec());
        if (complaint != null) {
            throw new CommandLine.ParameterException(command, complaint);
        }
        return JobSettings.parse(SettingsSources.of(environment), arguments);
    }

    /** Settings that say what the job is restored from. */
    static Start start(String[] arguments, Map<String, String> environment) {
        JobSettings settings = given(arguments, environment);
        if (settings.checkpointDir() == null || settings.restore().equals(NONE)) {
            return new Start(settings, settings.restore());
        }
        String asked = settings.restore();
        String restore;
        if (asked.equals(JobSettings.HIGH_AVAILABILITY)) {
            HighAvailability kept =
                    new HighAvailability(
                            GlobalConfiguration.loadConfiguration(), settings.checkpointDir());
            asked = kept.asked();
            restore = kept.start();
        } else {
            restore = restore(settings).orElse(NONE);
        }
        LOG.info("'{}' starts from {}", settings.output(), restore);
        return new Start(
                JobSettings.parse(
                        SettingsSources.of(environment),
                        Stream.concat(withoutRestore(arguments), Stream.of("--restore=" + restore))
                                .toArray(String[]::new)),
                asked);
    }

    private static Stream<String> withoutRestore(String[] arguments) {
        return Arrays.stream(arguments).filter(argument -> !argument.startsWith("--restore="));
    }

    private static Optional<String> restore(JobSettings settings) {
        RestorePoints points = new RestorePoints(settings.checkpointDir());
        points.prune();
        RestoreAttempts attempts = RestoreAttempts.in(settings.checkpointDir());
        List<RestorePoints.Point> newestFirst = points.newestFirst();
        Optional<String> chosen =
                settings.restore().equals(NEWEST)
                        ? attempts.choose(newestFirst)
                        : attempts.chooseOnce(settings.restore(), newestFirst);
        if (chosen.isEmpty() && attempts.areAllLost(newestFirst)) {
            LOG.error(
                    "NO STATE of '{}' can be restored: all its trials are counted anew",
                    settings.output());
        }
        chosen.ifPresent(path -> attempts.record(settings.restore(), path));
        return chosen.filter(path -> !path.equals(ANEW));
    }
}
