package dev.longtail.trials;

import dev.longtail.trials.training.ModelSource;
import dev.longtail.trials.training.ModelSpec;
import dev.longtail.trials.training.Optimizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which network is trained, and how. */
public final class ModelSettings {

    @Option(
            names = "--model",
            paramLabel = "softmax|mlp|resnet|DIR",
            defaultValue = "mlp",
            description =
                    "The network that every trial trains; DIR is a SavedModel that carries its own training, see docs/own-model.md.")
    private String model;

    @Option(
            names = "--transfer",
            paramLabel = "DIR",
            description =
                    "Train only the last --layers layers of this body, saved by 'longtail train-body', on its fixed features; --model is then the body's.")
    private Path transfer;

    @Option(
            names = "--layers",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "With --transfer: how many last layers every trial trains, 1 to 3.")
    private int layers;

    @Option(
            names = "--hidden",
            paramLabel = "UNITS[,UNITS...]",
            split = ",",
            defaultValue = "64",
            description = "Hidden layers of the mlp; the paper's MNIST example has 512,256.")
    private List<Integer> hidden;

    @Option(
            names = "--width",
            paramLabel = "CHANNELS",
            defaultValue = "16",
            description = "Channels of the resnet's first stage.")
    private int width;

    @Option(
            names = "--blocks",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Blocks in each of the resnet's three stages.")
    private int blocks;

    @Option(
            names = "--crop-margin",
            paramLabel = "PIXELS",
            defaultValue = "0",
            description =
                    "The resnet sees pictures shifted at random by up to this much in training.")
    private int cropMargin;

    @Option(
            names = "--flip",
            description = "The resnet sees pictures mirrored at random in training.")
    private boolean flip;

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

    /**
     * The model.
     *
     * @throws IllegalArgumentException when there is none of that name, or an option does not fit
     *     it
     */
    public ModelSource model() {
        if (transfer != null) {
            if (layers < 1 || layers > 3) {
                throw new IllegalArgumentException("--layers: expected 1 to 3, found " + layers);
            }
            return new ModelSource.Transfer(transfer, layers, weightDecay);
        }
        return switch (model) {
            case "softmax" -> new ModelSource.BuiltIn(new ModelSpec.Softmax(), weightDecay);
            case "mlp" -> new ModelSource.BuiltIn(new ModelSpec.Mlp(hidden), weightDecay);
            case "resnet" ->
                    new ModelSource.BuiltIn(
                            new ModelSpec.ResNet(width, blocks, cropMargin, flip), weightDecay);
            default -> ownModel();
        };
    }

    private ModelSource ownModel() {
        Path directory = Path.of(model);
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "--model: expected softmax, mlp, resnet or the directory of a SavedModel, found '"
                            + model
                            + "'");
        }
        if (weightDecay != 0) {
            throw new IllegalArgumentException(
                    "--weight-decay: a model of your own decays its weights itself; leave the option out");
        }
        return new ModelSource.Saved(directory);
    }

    /**
     * The optimiser.
     *
     * @throws IllegalArgumentException when a value is out of range
     */
    public Optimizer optimizer() {
        return new Optimizer(epochs, batchSize, learningRate, momentum, weightDecay, schedule);
    }

    /** What changes what a trial learns and stands nowhere else in the description, by name. */
    Map<String, String> meaning() {
        Map<String, String> meaning = new TreeMap<>();
        meaning.put("epochs", String.valueOf(epochs));
        meaning.put("batch-size", String.valueOf(batchSize));
        meaning.put("learning-rate", String.valueOf(learningRate));
        meaning.put("momentum", String.valueOf(momentum));
        meaning.put("weight-decay", String.valueOf(weightDecay));
        meaning.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
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
}
