package dev.longtail.trials.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.sampling.SubsetSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * One model and one data set, from which every thread of a process gets its own trainer. Safe for
 * use by several threads.
 */
public final class ModelFactory implements AutoCloseable {

    /** Beside a saved model: mean and scale by which its inputs are standardised. */
    static final String INPUT_FILE = "input.npz";

    private static final String MODEL_FILE = "saved_model.pb";

    private final Path directory;
    private final boolean temporary;
    private final NDManager manager;
    private final TrainingData data;
    private final boolean linear;

    private ModelFactory(
            Dataset dataset, Path directory, boolean temporary, boolean linear, long memoryBytes) {
        this.directory = directory;
        this.temporary = temporary;
        this.linear = linear;
        this.manager = NDManager.newBaseManager(Device.cpu(), TensorFlowEngine.NAME);
        this.data = TrainingData.of(dataset, manager, memoryBytes);
    }

    /**
     * Builds a model for a data set and saves it in a temporary directory.
     *
     * @param weightDecay lambda of the penalty lambda/2 |w|^2 on weights
     * @param memoryBytes how large a data set may be to be kept in memory
     * @throws UncheckedIOException when the directory cannot be written
     */
    public static ModelFactory build(
            ModelSpec spec, Dataset dataset, double weightDecay, long memoryBytes) {
        TensorFlowEngine.load();
        try {
            Path directory = Files.createTempDirectory("longtail-model");
            new TrainableModel(
                            spec, dataset.train().images().shape(), dataset.classes(), weightDecay)
                    .save(directory);
            return new ModelFactory(dataset, directory, true, spec.isLinear(), memoryBytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory for the model", e);
        }
    }

    /**
     * Uses a saved model, for example one exported from Python.
     *
     * @param memoryBytes how large a data set may be to be kept in memory
     */
    public static ModelFactory foreign(Path directory, Dataset dataset, long memoryBytes) {
        TensorFlowEngine.load();
        return new ModelFactory(dataset, directory, false, false, memoryBytes);
    }

    /**
     * A trainer with a session of its own, for one thread.
     *
     * @throws ModelException when the model cannot be loaded or lacks a signature
     */
    public TrialTrainer trainer(SubsetSampler sampler, Optimizer optimizer) {
        return linear
                ? new HeadsTrainer(sampler, optimizer, open(), data)
                : networkTrainer(sampler, optimizer);
    }

    /** A trainer that trains whole networks, one after the other. */
    NetworkTrainer networkTrainer(SubsetSampler sampler, Optimizer optimizer) {
        return new NetworkTrainer(sampler, optimizer, open(), data);
    }

    /** A new session of the model. */
    ModelSession open() {
        return ModelSession.load(directory);
    }

    /**
     * Saves the model as it is before training, and what inputs are standardised by, where nobody
     * has.
     *
     * @param target directory, created where it does not exist
     * @throws UncheckedIOException when that fails
     */
    public void saveModel(Path target) {
        copyModel(target);
        Path input = target.resolve(INPUT_FILE);
        if (!Files.exists(input)) {
            ParameterFile.write(
                    input, Standardization.of(data.dataset().train().images()).toParameters());
        }
    }

    /** Copies all files of the model that are not there yet. */
    private void copyModel(Path target) {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path source : walk.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(directory.relativize(source).toString());
                Files.createDirectories(copy.getParent());
                if (!Files.exists(copy)) {
                    Path unfinished = Files.createTempFile(copy.getParent(), "model", ".tmp");
                    Files.copy(source, unfinished, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + target, e);
        }
    }

    @Override
    public void close() {
        manager.close();
        if (!temporary) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(MODEL_FILE));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
