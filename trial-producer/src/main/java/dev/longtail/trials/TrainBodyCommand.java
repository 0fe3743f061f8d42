package dev.longtail.trials;

import dev.longtail.trials.data.DataException;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.Datasets;
import dev.longtail.trials.training.AbandonedException;
import dev.longtail.trials.training.Body;
import dev.longtail.trials.training.ModelException;
import dev.longtail.trials.training.ModelSource;
import dev.longtail.trials.training.Optimizer;
import dev.longtail.trials.training.TrialOutcome;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail train-body}: trains a network once, for trials that train its last layers. */
@Command(
        name = "train-body",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a network once on the FULL training set and saves it.",
            "'longtail train --transfer DIR --layers K' then trains only the last K layers per trial, on its fixed features."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the body is saved",
            "1:failed; nothing usable is saved",
            "2:wrong usage"
        })
public final class TrainBodyCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(TrainBodyCommand.class);

    @Spec private CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "Where to save the body: an empty or new directory.")
    private Path output;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE.npz",
            description = "Data set, as for 'longtail train'; the generated digits without it.")
    private Path data;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Fixes initialisation and batches.")
    private long seed;

    @Option(
            names = "--data-memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description =
                    "A data set that takes more than this as 32-bit floats is read from its files again and again.")
    private long dataMemory;

    @Mixin private ModelSettings model;
    @Mixin private ProgressSettings progress;

    @Override
    public Integer call() {
        try (StopSignal stop = StopSignal.onShutdown()) {
            ModelSource.BuiltIn source = source();
            Dataset dataset = Datasets.open(data);
            LOG.info(
                    "training {} on all {} examples",
                    source.describe(dataset),
                    dataset.train().size());
            TrialOutcome outcome = train(source, dataset, stop);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "saved %s: loss %.4f, train accuracy %.4f, test accuracy %.4f (%d examples), %.1f s%n",
                            output.toAbsolutePath(),
                            outcome.loss(),
                            outcome.includedAccuracy(),
                            outcome.testAccuracy(),
                            outcome.testSize(),
                            outcome.timings().training() / 1000);
            return 0;
        } catch (DataException | ModelException | AbandonedException e) {
            spec.commandLine().getErr().println("longtail train-body: " + e.getMessage());
            return 1;
        }
    }

    private TrialOutcome train(ModelSource.BuiltIn source, Dataset dataset, StopSignal stop)
            throws AbandonedException {
        Optimizer optimizer = model.optimizer();
        try (Progress shown = progress.open("train-body", "epochs", optimizer.epochs())) {
            return Body.train(
                    source.spec(),
                    dataset,
                    optimizer,
                    seed,
                    dataMemory << 20,
                    output,
                    loss -> {
                        String figures = "loss %.4f".formatted(loss);
                        shown.step(figures, figures);
                    },
                    stop);
        }
    }

    private ModelSource.BuiltIn source() {
        try {
            if (model.model() instanceof ModelSource.BuiltIn builtIn) {
                model.optimizer();
                return builtIn;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        throw new ParameterException(
                spec.commandLine(), "--model: expected mlp or resnet for a body");
    }
}
