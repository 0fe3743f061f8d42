package dev.longtail.aggregator.command;

import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.source.StartPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code replay}: counts the same trials again, beside the experiment's own job. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Counts an experiment's trials again in a second, independent job.",
            "It has its own state and its own output topics (--output, by default EXPERIMENT.replay). From the beginning it ends with the counters of the first job."
        })
public final class ReplayCommand implements Callable<Integer> {

    @Mixin private JobSettings settings = new JobSettings();
    @Mixin private WhereToRun where = new WhereToRun();
    @Spec private CommandSpec spec;

    @Option(
            names = "--from-timestamp",
            paramLabel = "ISO-8601|MILLISECONDS",
            description =
                    "Begin with the first trial of this time or later, for example 2026-01-31T12:00:00Z.")
    private String fromTimestamp;

    @Option(
            names = "--from-offset",
            paramLabel = "OFFSET",
            description = "Begin at this offset in each partition of the trials topic.")
    private Long fromOffset;

    @Option(
            names = "--rate",
            paramLabel = "TRIALS/S",
            description =
                    "At most this many trials per second, to watch convergence again; by default as fast as possible.")
    private Double rate;

    @Option(
            names = "--until-now",
            defaultValue = "false",
            description = "End at the trials that are there now instead of waiting for more.")
    private boolean untilNow;

    @Override
    public Integer call() throws InterruptedException {
        if (!settings.hasOutput()) {
            settings.setOutput(settings.experiment() + ".replay");
        }
        if (settings.output().equals(settings.experiment())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --output other than the experiment's name: its own job writes there");
        }
        ReplayRange range =
                new ReplayRange(
                        start(),
                        untilNow,
                        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate));
        return where.run(settings, range, spec.commandLine().getOut());
    }

    private StartPosition start() {
        if (fromTimestamp != null && fromOffset != null) {
            throw new ParameterException(
                    spec.commandLine(), "expected --from-timestamp or --from-offset, found both");
        }
        if (fromOffset != null) {
            if (fromOffset < 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "expected --from-offset of at least 0, found " + fromOffset);
            }
            return new StartPosition.Offset(fromOffset);
        }
        return fromTimestamp == null
                ? new StartPosition.Earliest()
                : new StartPosition.Timestamp(millis(fromTimestamp));
    }

    private long millis(String text) {
        if (text.matches("[0-9]+")) {
            return Long.parseLong(text);
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --from-timestamp as ISO-8601 with zone (%s) or milliseconds since 1970, found '%s'"
                            .formatted(Instant.EPOCH, text));
        }
    }
}
