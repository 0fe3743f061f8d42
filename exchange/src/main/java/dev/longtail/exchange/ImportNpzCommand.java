package dev.longtail.exchange;

import dev.longtail.exchange.importing.ImportException;
import dev.longtail.exchange.importing.NpzSource;
import dev.longtail.exchange.importing.NpzSource.Sizes;
import dev.longtail.exchange.importing.TrialStore;
import dev.longtail.exchange.numpy.NumpyFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longtail import npz}: trials as three arrays. */
@Command(
        name = "npz",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Publishes trials from NumPy archives with the arrays mask [t, n], train_correct [t, n] and test_correct [t, n'].",
            "Row k of FILE.npz becomes the trial FILE-k; trials that are published already are skipped, so an import can be stopped and started again."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:published", "1:failed; what was published stays", "2:wrong usage"})
public final class ImportNpzCommand implements Callable<Integer> {

    private static final String SUFFIX = ".npz";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Archives of one experiment.")
    private List<Path> files;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            required = true,
            description = "Name of the experiment; created where it does not exist.")
    private String experiment;

    @Option(
            names = "--id-prefix",
            paramLabel = "TEXT",
            description =
                    "Beginning of the trials' ids instead of the file's name, which is part of them so that trials of several files do not get mixed up.")
    private String idPrefix;

    @Option(
            names = "--packed",
            description =
                    "The arrays are bits packed by numpy.packbits(axis=1, bitorder='little'); needs --train-size and --test-size.")
    private boolean packed;

    @Option(
            names = "--train-size",
            paramLabel = "EXAMPLES",
            description = "n, which packed arrays do not tell.")
    private Integer trainSize;

    @Option(
            names = "--test-size",
            paramLabel = "EXAMPLES",
            description = "n', which packed arrays do not tell.")
    private Integer testSize;

    @Mixin private ImportSettings settings;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        boolean sized = trainSize != null && testSize != null;
        if (packed != sized || packed != (trainSize != null || testSize != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--packed, --train-size and --test-size belong together");
        }
        if (idPrefix != null && files.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--id-prefix with several files would give their trials the same ids");
        }
        boolean imported = false;
        try (TrialStore store = settings.openStore()) {
            for (Path file : files) {
                imported |= importFile(store, file);
            }
        }
        return imported ? 0 : 1;
    }

    private boolean importFile(TrialStore store, Path file) throws IOException {
        try (NpzSource source = open(file)) {
            return settings.run(store, experiment, source);
        } catch (ImportException | NumpyFormatException problem) {
            if (settings.skips(problem)) {
                return false;
            }
            throw problem;
        }
    }

    private NpzSource open(Path file) throws IOException {
        String name = file.getFileName().toString();
        String stem =
                name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        String prefix = idPrefix == null ? stem : idPrefix;
        return packed
                ? NpzSource.packed(file, prefix, new Sizes(trainSize, testSize))
                : NpzSource.plain(file, prefix);
    }
}
