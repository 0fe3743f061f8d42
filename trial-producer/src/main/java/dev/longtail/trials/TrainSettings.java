package dev.longtail.trials;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.training.ModelSource;
import dev.longtail.trials.training.Optimizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a worker trains, and how. The defaults are those of the demonstration. */
public final class TrainSettings {

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "The experiment to contribute to: the prefix of its topics.")
    private String experiment;

    @Option(
            names = "--trials",
            paramLabel = "COUNT|FIRST..LAST",
            defaultValue = "2000",
            converter = RangeConverter.class,
            description = "Trials of the whole experiment, by number; 2000 means 0..1999.")
    private TrialRange trials;

    @Option(
            names = "--worker",
            paramLabel = "INDEX/COUNT",
            defaultValue = "0/1",
            converter = ShareConverter.class,
            description =
                    "This worker's share: trial k belongs to worker k mod COUNT. job/COUNT takes the index of a Kubernetes Indexed Job.")
    private WorkerShare worker;

    @Option(
            names = "--threads",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Trials at once, one TensorFlow session of one thread each.")
    private int threads;

    @Option(
            names = "--data-memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description =
                    "A data set that takes more than this as 32-bit floats is read from its files again and again instead of kept in memory; outcomes are the same.")
    private long dataMemory;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description =
                    "The experiment's seed: with a trial's number it fixes subset, initialisation and batches.")
    private long seed;

    @Option(
            names = "--min-train-accuracy",
            paramLabel = "ACCURACY",
            defaultValue = "0",
            description =
                    "A trial whose accuracy on its included examples is lower is published with the flag 'not converged', in [0, 1].")
    private double minTrainAccuracy;

    @Option(
            names = "--save-models",
            paramLabel = "DIR",
            description =
                    "Keep every trial's trained model here, for 'longtail evaluate'; workers may share the directory.")
    private Path saveModels;

    @Mixin private DataSettings data;

    @Mixin private ModelSettings model;

    /** The experiment's name. */
    public String experiment() {
        return experiment;
    }

    /** Trials of the whole experiment. */
    public TrialRange trials() {
        return trials;
    }

    /** This worker's share of them. */
    public WorkerShare worker() {
        return worker;
    }

    /** Trials at once. */
    public int threads() {
        return threads;
    }

    /** How large a data set may be to be kept in memory, in bytes. */
    public long dataMemoryBytes() {
        return dataMemory << 20;
    }

    /** The experiment's seed. */
    public long seed() {
        return seed;
    }

    /** Accuracy on included examples below which a trial has not converged. */
    public double minTrainAccuracy() {
        return minTrainAccuracy;
    }

    /** Where trained models are kept, if they are. */
    public Optional<Path> saveModels() {
        return Optional.ofNullable(saveModels);
    }

    /** The data set. */
    public Dataset dataset() {
        return data.dataset();
    }

    /** The sampler. */
    public SubsetSampler sampler(Dataset dataset) {
        return data.sampler(dataset);
    }

    /** The model. */
    public ModelSource model() {
        return model.model();
    }

    /** The optimiser. */
    public Optimizer optimizer() {
        return model.optimizer();
    }

    /**
     * Refuses values that no type checks.
     *
     * @throws IllegalArgumentException naming the option
     */
    public void validate() {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads: expected at least 1, found " + threads);
        }
        if (!(minTrainAccuracy >= 0 && minTrainAccuracy <= 1)) {
            throw new IllegalArgumentException(
                    "--min-train-accuracy: expected a value in [0, 1], found " + minTrainAccuracy);
        }
        if (saveModels != null && model.model() instanceof ModelSource.Transfer) {
            throw new IllegalArgumentException(
                    "--save-models: not together with --transfer, whose models are of use with their body only");
        }
        data.validate();
        model.model();
        model.optimizer();
    }

    /**
     * Every option that changes what a trial learns and stands nowhere else in the description, by
     * name.
     */
    public Map<String, String> meaning(Dataset dataset) {
        Map<String, String> meaning = new TreeMap<>(model.meaning());
        meaning.putAll(data.meaning(dataset));
        meaning.put("min-train-accuracy", String.valueOf(minTrainAccuracy));
        return meaning;
    }

    private static final class RangeConverter implements ITypeConverter<TrialRange> {
        @Override
        public TrialRange convert(String value) {
            return orRefuse(() -> TrialRange.parse(value));
        }
    }

    private static final class ShareConverter implements ITypeConverter<WorkerShare> {
        @Override
        public WorkerShare convert(String value) {
            return orRefuse(() -> WorkerShare.parse(value, System.getenv()));
        }
    }

    /** Lets picocli report a value as wrong usage instead of as a failure. */
    private static <T> T orRefuse(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
