package dev.longtail.exchange;

import dev.longtail.exchange.importing.HeldoutSource;
import dev.longtail.exchange.importing.TrialStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longtail import heldout}: the runs released with the paper. */
@Command(
        name = "heldout",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Publishes the released runs of google-research/heldout-influence-estimation.",
            "Each subset ratio becomes an experiment, each run a trial. Runs that are published already are skipped, so an import can be stopped and started again."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:published", "1:failed; what was published stays", "2:wrong usage"})
public final class ImportHeldoutCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            description =
                    "Directory of one experiment, <subset ratio>/<run>/aux_arrays.npz below it, or of one of its subset ratios.")
    private Path directory;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description =
                    "Name of the experiment; with several subset ratios each gets NAME-<ratio>. Default: the names of the directories.")
    private String experiment;

    @Mixin private ImportSettings settings;

    @Override
    public Integer call() throws IOException {
        List<HeldoutSource> sources = HeldoutSource.in(directory, experiment);
        boolean imported = true;
        try (TrialStore store = settings.openStore()) {
            for (HeldoutSource source : sources) {
                imported &= settings.run(store, source.experiment(), source);
            }
        }
        return imported ? 0 : 1;
    }
}
