package dev.longtail.exchange;

import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.exchange.counting.TrialCounter;
import dev.longtail.exchange.counting.TrialSpool;
import dev.longtail.exchange.exporting.ExportException;
import dev.longtail.exchange.exporting.ExportFormat;
import dev.longtail.exchange.exporting.ExportInput;
import dev.longtail.exchange.exporting.ExportInput.PairThresholds;
import dev.longtail.exchange.replaying.PublishedNames;
import dev.longtail.exchange.replaying.ReplayTally;
import dev.longtail.exchange.replaying.TopicSize;
import dev.longtail.exchange.replaying.TrialReplay;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.settings.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail export}: estimates from the trials that are there now. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes estimates in the formats that scripts for the published files read.",
            "All values are from the trials that are in Kafka when the export begins; their number is written with them, and whether trials that did not converge are left out. Trainers and the job go on meanwhile."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:written", "1:failed; nothing was written", "2:wrong usage"})
public final class ExportCommand implements Callable<Integer> {

    private static final long MEBIBYTE = 1L << 20;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            required = true,
            description = "Name of the experiment.")
    private String experiment;

    @Option(
            names = "--format",
            paramLabel = "reference|pairs|per-class|index|cscore|masks|csv",
            required = true,
            converter = ExportFormatConverter.class,
            description = {
                "reference: memorization [n] and influence [n', n].",
                "pairs: high-influence pairs, tr_idx, tt_idx, infl, mem.",
                "per-class: labels, memorization, an influence matrix per class.",
                "index: file names, labels, memorization.",
                "cscore: labels and C-scores.",
                "masks: the trials themselves as arrays, a directory.",
                "csv: memorization and pairs with standard errors and counts, a directory."
            })
    private ExportFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "File, or directory for masks and csv; must not exist.")
    private Path out;

    @Option(
            names = "--min-memorization",
            paramLabel = "VALUE",
            defaultValue = "0.25",
            description = "Least memorization of a pair's training example, for pairs and csv.")
    private double minMemorization;

    @Option(
            names = "--min-influence",
            paramLabel = "VALUE",
            defaultValue = "0.15",
            description = "Least influence of a pair, for pairs and csv.")
    private double minInfluence;

    @Option(
            names = "--converged-only",
            description =
                    "Leave out trials that did not converge, which changes what is estimated.")
    private boolean convergedOnly;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "Memory for counters; less means more passes over the trials.")
    private long memory;

    @Mixin private KafkaSettings kafka;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireUsage();
        Properties client = kafka.clientProperties();
        Experiment description =
                ExperimentReader.find(client, experiment)
                        .orElseThrow(
                                () ->
                                        new ExportException(
                                                "there is no experiment '%s' at %s"
                                                        .formatted(
                                                                experiment,
                                                                kafka.bootstrapServers())));
        Path directory = out.toAbsolutePath().getParent();
        try (TrialSpool spool =
                new TrialSpool(directory, description.getTrainSize(), description.getTestSize())) {
            ReplayTally tally = replay(client, description, spool);
            if (spool.trials() == 0) {
                throw new ExportException(
                        "the experiment '%s' has no trials to count: %s"
                                .formatted(experiment, tally.summary()));
            }
            write(client, description, spool);
            spec.commandLine()
                    .getOut()
                    .println(
                            "%s: %s%s"
                                    .formatted(
                                            out,
                                            tally.summary(),
                                            convergedOnly
                                                    ? "; all figures are from converged trials only"
                                                    : ""));
        }
        return 0;
    }

    private void requireUsage() {
        if (Files.exists(out)) {
            throw new ParameterException(
                    spec.commandLine(), "--out: expected a new file, found %s".formatted(out));
        }
        if (!Files.isDirectory(out.toAbsolutePath().getParent())) {
            throw new ParameterException(
                    spec.commandLine(), "--out: the directory of %s does not exist".formatted(out));
        }
        if (memory < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--memory: expected at least 1, found " + memory);
        }
        try {
            ExperimentTopics.requireName(experiment);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--experiment: " + e.getMessage(), e);
        }
    }

    private ReplayTally replay(Properties client, Experiment description, TrialSpool spool)
            throws IOException {
        long records = TopicSize.records(client, ExperimentTopics.of(experiment).trialsTopic());
        try (ProgressBar bar = Progress.open("read " + experiment, " trials", records)) {
            return TrialReplay.read(client, description, convergedOnly, spool, bar::stepTo);
        }
    }

    private void write(Properties client, Experiment description, TrialSpool spool)
            throws IOException {
        try (PartialOutput output = PartialOutput.of(out);
                ProgressBar bar = Progress.open("count " + experiment, " trials", spool.trials())) {
            TrialCounter counter =
                    new TrialCounter(
                            spool,
                            memory * MEBIBYTE,
                            (counted, of) -> {
                                bar.maxHint(of);
                                bar.stepTo(counted);
                            });
            format.write(
                    new ExportInput(
                            description,
                            convergedOnly,
                            counter,
                            new PublishedNames(client, description),
                            new PairThresholds(minMemorization, minInfluence)),
                    output.path());
            output.complete();
        }
    }
}
