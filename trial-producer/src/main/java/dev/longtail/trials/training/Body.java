package dev.longtail.trials.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.FloatImages;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.data.Images;
import dev.longtail.trials.data.MappedFloatImages;
import dev.longtail.trials.data.SpooledRecords;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * A network that was trained once, whose layers give the features on which trials train their own
 * last layers.
 *
 * <pre>
 *   saved_model.pb    the model, see {@link TrainableModel}
 *   parameters.npz    its trained parameters
 *   input.npz         mean and scale by which inputs are standardised
 *   body.properties   which network it is
 * </pre>
 *
 * @param directory with these files
 * @param spec the network
 * @param input size of the pictures that it takes
 */
public record Body(Path directory, ModelSpec spec, ImageShape input) {

    private static final String PARAMETERS = "parameters.npz";

    /** Examples whose features are computed at once. */
    private static final int CHUNK = 256;

    /**
     * Trains a network on all training examples and saves it.
     *
     * @param directory must be empty or not exist
     * @param epochs told the mean loss of every epoch
     * @param abandon asked after every epoch
     * @return how well it does
     * @throws ModelException when the directory cannot be used
     * @throws AbandonedException when {@code abandon} said so; nothing is saved then
     */
    public static TrialOutcome train(
            ModelSpec spec,
            Dataset dataset,
            Optimizer optimizer,
            long seed,
            long memoryBytes,
            Path directory,
            DoubleConsumer epochs,
            BooleanSupplier abandon)
            throws AbandonedException {
        prepare(directory);
        int size = dataset.train().size();
        try (ModelFactory models =
                        ModelFactory.build(spec, dataset, optimizer.weightDecay(), memoryBytes);
                NetworkTrainer trainer =
                        models.networkTrainer(new SubsetSampler.FixedSize(size, size), optimizer)) {
            TrialOutcome outcome = trainer.train(TrialSeeds.of(seed, 0), epochs, abandon);
            models.saveModel(directory);
            trainer.saveParameters(directory.resolve(PARAMETERS));
            new BodyProperties(spec, dataset.train().images().shape()).write(directory);
            return outcome;
        }
    }

    /**
     * Opens a saved body.
     *
     * @throws ModelException when the directory holds none
     */
    public static Body open(Path directory) {
        BodyProperties properties = BodyProperties.read(directory);
        return new Body(directory, properties.spec(), properties.input());
    }

    /**
     * @throws ModelException when the pictures have another size than those that the body takes
     */
    void requireShape(Dataset dataset) {
        ImageShape shape = dataset.train().images().shape();
        if (!shape.equals(input)) {
            throw new ModelException(
                    "%s: expected pictures of %s, on which the body was trained, found %s"
                            .formatted(directory.toAbsolutePath(), input, shape));
        }
    }

    /**
     * The data set as the last layers see it.
     *
     * @param layers how many last layers, from 1 to 3
     * @throws ModelException when the pictures do not fit the body
     */
    Dataset features(Dataset dataset, int layers) {
        requireShape(dataset);
        TensorFlowEngine.load();
        Standardization standardization =
                Standardization.of(ParameterFile.read(directory.resolve(ModelFactory.INPUT_FILE)));
        try (ModelSession session = ModelSession.load(directory);
                NDManager manager = NDManager.newBaseManager(Device.cpu(), TensorFlowEngine.NAME)) {
            SortedMap<String, Parameter> parameters =
                    new TreeMap<>(ParameterFile.read(directory.resolve(PARAMETERS)));
            session.init(0);
            session.write(parameters);
            ExampleSet train =
                    features(session, manager, standardization, dataset.train(), layers, input);
            ImageShape size = train.images().shape();
            return new Dataset(
                    dataset.source() + ", features",
                    train,
                    features(session, manager, standardization, dataset.test(), layers, size),
                    dataset.classNames(),
                    dataset.groundTruth());
        }
    }

    /**
     * @param none size where there are no examples
     */
    private ExampleSet features(
            ModelSession session,
            NDManager manager,
            Standardization standardization,
            ExampleSet examples,
            int layers,
            ImageShape none) {
        ImageShape size = null;
        try (SpooledRecords spool = SpooledRecords.create()) {
            for (int from = 0; from < examples.size(); from += CHUNK) {
                int to = Math.min(examples.size(), from + CHUNK);
                int[] indices = IntStream.range(from, to).toArray();
                try (NDManager call = manager.newSubManager()) {
                    TrainingData.Chunk chunk =
                            TrainingData.chunk(examples, indices, standardization, call);
                    Parameter features = session.features(layers, chunk.x());
                    size = size(features.shape());
                    ByteBuffer bytes =
                            ByteBuffer.allocate(features.values().length * Float.BYTES)
                                    .order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(features.values());
                    spool.out().write(bytes.array());
                }
            }
            Images features =
                    size == null
                            ? new FloatImages(none, new float[0])
                            : new MappedFloatImages(
                                    size, false, spool.map(size.length() * Float.BYTES));
            return new ExampleSet(features, examples.labels(), examples.names());
        } catch (IOException e) {
            throw new ModelException(
                    "cannot keep features in a temporary file: " + e.getMessage(), e);
        }
    }

    private static ImageShape size(long[] shape) {
        return shape.length == 4
                ? new ImageShape((int) shape[1], (int) shape[2], (int) shape[3])
                : new ImageShape(1, 1, (int) shape[1]);
    }

    private static void prepare(Path directory) {
        try {
            Files.createDirectories(directory);
            try (var children = Files.list(directory)) {
                if (children.findAny().isPresent()) {
                    throw new ModelException(
                            "expected an empty or new directory for the body, found files in "
                                    + directory.toAbsolutePath());
                }
            }
        } catch (IOException e) {
            throw new ModelException(
                    "cannot use %s: %s".formatted(directory.toAbsolutePath(), e.getMessage()), e);
        }
    }

    /** SHA-256 over the trained parameters' file, its first 16 hexadecimal digits. */
    String fingerprint() {
        return Fingerprint.of(
                Arrays.asList(
                        directory.resolve(PARAMETERS), directory.resolve(ModelFactory.INPUT_FILE)),
                directory);
    }
}
