package dev.longtail.trials;

import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.training.ModelSpec;
import dev.longtail.trials.training.Optimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
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
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data set: a directory with MNIST-format IDX files, plain or gzip. Without it, digits with a known long tail are generated.")
    private Path data;

    @Option(
            names = "--model",
            paramLabel = "softmax|mlp",
            defaultValue = "mlp",
            description = "The network that every trial trains.")
    private String model;

    @Option(
            names = "--hidden",
            paramLabel = "UNITS[,UNITS...]",
            split = ",",
            defaultValue = "64",
            description = "Hidden layers of the mlp; the paper's MNIST example has 512,256.")
    private List<Integer> hidden;

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
            names = "--sampler",
            paramLabel = "fixed|bernoulli",
            defaultValue = "fixed",
            description =
                    "How a trial's training subset is drawn: fixed takes exactly ratio x n examples, bernoulli each example with probability ratio.")
    private String sampler;

    @Option(
            names = "--subset-ratio",
            paramLabel = "RATIO",
            defaultValue = "0.7",
            description = "Share of the training examples in a subset, in (0, 1].")
    private double subsetRatio;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description =
                    "The experiment's seed: with a trial's number it fixes subset, initialisation and batches.")
    private long seed;

    @Option(
            names = "--epochs",
            paramLabel = "COUNT",
            defaultValue = "25",
            description = "Passes over the included examples.")
    private int epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "EXAMPLES",
            defaultValue = "32",
            description = "Examples per step.")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description = "Learning rate at the start.")
    private double learningRate;

    @Option(
            names = "--momentum",
            paramLabel = "FACTOR",
            defaultValue = "0.9",
            description = "Momentum, in [0, 1).")
    private double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "FACTOR",
            defaultValue = "0",
            description =
                    "Decay of weights (not of biases): FACTOR/2 x |w|^2 is added to the loss.")
    private double weightDecay;

    @Option(
            names = "--schedule",
            paramLabel = "constant|cosine|linear|steps",
            defaultValue = "cosine",
            converter = ScheduleConverter.class,
            description =
                    "How the learning rate falls from epoch to epoch; steps: a tenth after half, a hundredth after three quarters.")
    private Optimizer.Schedule schedule;

    @Option(
            names = "--min-train-accuracy",
            paramLabel = "ACCURACY",
            defaultValue = "0",
            description =
                    "A trial whose accuracy on its included examples is lower is published with the flag 'not converged', in [0, 1].")
    private double minTrainAccuracy;

    /** The experiment's name. */
    public String experiment() {
        return experiment;
    }

    /** Directory of the data set; null for the generated one. */
    public Path data() {
        return data;
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

    /** The experiment's seed. */
    public long seed() {
        return seed;
    }

    /** Accuracy on included examples below which a trial has not converged. */
    public double minTrainAccuracy() {
        return minTrainAccuracy;
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
        if (!(subsetRatio > 0 && subsetRatio <= 1)) {
            throw new IllegalArgumentException(
                    "--subset-ratio: expected a value in (0, 1], found " + subsetRatio);
        }
    }

    /**
     * The network.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public ModelSpec model() {
        return switch (model) {
            case "softmax" -> new ModelSpec.Softmax();
            case "mlp" -> new ModelSpec.Mlp(hidden);
            default ->
                    throw new IllegalArgumentException(
                            "--model: expected softmax or mlp, found '" + model + "'");
        };
    }

    /**
     * The sampler.
     *
     * @param trainSize n
     * @throws IllegalArgumentException when there is none of that name or the ratio does not fit
     */
    public SubsetSampler sampler(int trainSize) {
        return switch (sampler) {
            case "fixed" ->
                    new SubsetSampler.FixedSize(
                            trainSize, (int) Math.round(subsetRatio * trainSize));
            case "bernoulli" -> new SubsetSampler.Bernoulli(trainSize, subsetRatio);
            default ->
                    throw new IllegalArgumentException(
                            "--sampler: expected fixed or bernoulli, found '" + sampler + "'");
        };
    }

    /**
     * The optimiser.
     *
     * @throws IllegalArgumentException when a value is out of range
     */
    public Optimizer optimizer() {
        return new Optimizer(epochs, batchSize, learningRate, momentum, weightDecay, schedule);
    }

    /** Every option that changes what a trial learns, by name. */
    public Map<String, String> meaning() {
        Map<String, String> meaning = new TreeMap<>();
        meaning.put("model", model);
        if (model.equals("mlp")) {
            meaning.put("hidden", hidden.toString());
        }
        meaning.put("epochs", String.valueOf(epochs));
        meaning.put("batch-size", String.valueOf(batchSize));
        meaning.put("learning-rate", String.valueOf(learningRate));
        meaning.put("momentum", String.valueOf(momentum));
        meaning.put("weight-decay", String.valueOf(weightDecay));
        meaning.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
        meaning.put("min-train-accuracy", String.valueOf(minTrainAccuracy));
        return meaning;
    }

    private static final class ScheduleConverter implements ITypeConverter<Optimizer.Schedule> {
        @Override
        public Optimizer.Schedule convert(String value) {
            return Stream.of(Optimizer.Schedule.values())
                    .filter(schedule -> schedule.name().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "expected constant, cosine, linear or steps, found '"
                                                    + value
                                                    + "'"));
        }
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
