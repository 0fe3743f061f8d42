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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
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
 * was tried {@value RestoreAttempts#TRIES} times without a newer one following is passed over in
 * favour of the next older one.
 */
public final class ApplicationJob {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationJob.class);
    private static final String NEWEST = "newest";
    private static final String NONE = "none";

    private ApplicationJob() {}

    /**
     * Builds the job and hands it to the JobManager that calls.
     *
     * @throws CommandLine.ParameterException when a setting is wrong
     */
    public static void main(String[] arguments) throws Exception {
        JobSettings settings = settings(arguments, System.getenv());
        AggregatorJob job = JobPreparation.prepare(settings, ReplayRange.EVERYTHING);
        JobID id = job.execute();
        JobPreparation.announce(job, id, "");
    }

    static JobSettings settings(String[] arguments, Map<String, String> environment) {
        CommandLine command = new CommandLine(new JobCommand());
        String complaint = UnknownSettings.complaint(environment, command.getCommandSpec());
        if (complaint != null) {
            throw new CommandLine.ParameterException(command, complaint);
        }
        SettingsSources sources = SettingsSources.of(environment);
        JobSettings settings = JobSettings.parse(sources, arguments);
        if (settings.checkpointDir() == null || settings.restore().equals(NONE)) {
            return settings;
        }
        String restore = restore(settings).orElse(NONE);
        LOG.info("'{}' starts from {}", settings.output(), restore);
        return JobSettings.parse(
                sources,
                Stream.concat(withoutRestore(arguments), Stream.of("--restore=" + restore))
                        .toArray(String[]::new));
    }

    private static Stream<String> withoutRestore(String[] arguments) {
        return Arrays.stream(arguments).filter(argument -> !argument.startsWith("--restore="));
    }

    private static Optional<String> restore(JobSettings settings) {
        RestorePoints points = new RestorePoints(settings.checkpointDir());
        points.prune();
        RestoreAttempts attempts = RestoreAttempts.in(settings.checkpointDir());
        Optional<String> chosen =
                settings.restore().equals(NEWEST)
                        ? attempts.choose(points.newestFirst())
                        : attempts.chooseOnce(settings.restore(), points.newestFirst());
        chosen.ifPresent(attempts::record);
        return chosen;
    }
}
