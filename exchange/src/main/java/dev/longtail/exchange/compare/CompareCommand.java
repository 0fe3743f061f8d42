package dev.longtail.exchange.compare;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.settings.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longtail compare}: agreement of two experiments or published files. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        modelTransformer = CompareCommand.KafkaOnlyForExperiments.class,
        description = {
            "Compares two experiments, or one with published estimates.",
            "Shows how similar the selections of memorized examples and of high-influence pairs are (Jaccard) and by how much the values differ, over thresholds."
        },
        footer = {
            "%nFiles (.npz): tr_idx, tt_idx, infl, mem; or tr_mem with matrices per class; or memorization with influence.",
            "Example: longtail compare my-cifar100 cifar100_high_infl_pairs.npz --plot agreement.svg"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:compared", "1:failed", "2:wrong usage"})
public final class CompareCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "Name of an experiment (or a replay's output), or an .npz file.")
    private String first;

    @Parameters(
            index = "1",
            paramLabel = "B",
            description = "The other one; the same training and test examples in the same order.")
    private String second;

    @Option(
            names = "--memorization-thresholds",
            paramLabel = "M[,M...]",
            split = ",",
            defaultValue = "0.1,0.2,0.25,0.3,0.4,0.5,0.6,0.7,0.8,0.9",
            description = "Thresholds for memorized examples.")
    private double[] memorizationThresholds;

    @Option(
            names = "--influence-thresholds",
            paramLabel = "I[,I...]",
            split = ",",
            defaultValue = "0.15,0.2,0.25,0.3,0.35,0.4,0.5,0.6",
            description =
                    "Thresholds for high-influence pairs; those below a side's own list are left out.")
    private double[] influenceThresholds;

    @Option(
            names = "--pair-memorization",
            paramLabel = "M",
            defaultValue = "0.25",
            description =
                    "Least memorization of the training example of a pair, where pairs are taken from a file's matrices.")
    private double pairMemorization;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draws both curves into this file, which is replaced.")
    private Path plot;

    @Mixin private KafkaSettings kafka;

    @Override
    public Integer call() throws IOException {
        requireThresholds("--memorization-thresholds", memorizationThresholds);
        requireThresholds("--influence-thresholds", influenceThresholds);
        Comparison comparison;
        try {
            comparison =
                    Comparison.of(
                            read(first), read(second), memorizationThresholds, influenceThresholds);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        ComparisonTable.print(comparison, spec.commandLine().getOut());
        if (plot != null) {
            AgreementPlot.write(comparison, plot);
            spec.commandLine().getOut().println("Plot: " + plot);
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private void requireThresholds(String option, double[] thresholds) {
        if (Arrays.stream(thresholds).anyMatch(threshold -> !(threshold >= -1 && threshold <= 1))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: expected numbers from -1 to 1, found %s"
                            .formatted(option, Arrays.toString(thresholds)));
        }
        Arrays.sort(thresholds);
    }

    private ComparedEstimates read(String side) throws IOException {
        if (side.endsWith(".npz")) {
            Path file = Path.of(side);
            if (!Files.isReadable(file)) {
                throw new ParameterException(
                        spec.commandLine(), "there is no readable file " + side);
            }
            double least = influenceThresholds.length == 0 ? 1 : influenceThresholds[0];
            return new PublishedEstimates(file, pairMemorization, least).read();
        }
        if (!ExperimentTopics.NAME.matcher(side).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected the name of an experiment or an .npz file, found '%s'"
                            .formatted(side));
        }
        if (kafka.bootstrapServers() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no system runs in the work directory: --bootstrap-servers must say where the experiment '%s' is"
                            .formatted(side));
        }
        return new ExperimentEstimates(kafka.clientProperties(), ExperimentTopics.of(side)).read();
    }

    /** Two files are compared without any broker. */
    static final class KafkaOnlyForExperiments implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            OptionSpec required = command.findOption("--bootstrap-servers");
            return command.remove(required)
                    .addOption(OptionSpec.builder(required).required(false).build());
        }
    }
}
