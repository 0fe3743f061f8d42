package dev.longtail.trials.training;

import ai.djl.engine.Engine;
import dev.longtail.trials.data.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sessions of one model, one per thread. */
public final class ModelFactory implements AutoCloseable {

    private final Path directory;
    private final boolean own;

    private ModelFactory(Path directory, boolean own) {
        this.directory = directory;
        this.own = own;
    }

    /**
     * Builds a model for a data set and saves it in a temporary directory.
     *
     * @throws UncheckedIOException when the directory cannot be written
     */
    public static ModelFactory build(ModelSpec spec, Dataset dataset, double weightDecay) {
        loadEngine();
        try {
            Path directory = Files.createTempDirectory("longtail-model");
            var input = dataset.train().images().shape();
            new TrainableModel(
                            spec.network(input, dataset.classes()),
                            input,
                            dataset.classes(),
                            weightDecay)
                    .save(directory);
            return new ModelFactory(directory, true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory for the model", e);
        }
    }

    /** Uses a saved model, for example one exported from Python. */
    public static ModelFactory foreign(Path directory) {
        loadEngine();
        return new ModelFactory(directory, false);
    }

    /**
     * A new session.
     *
     * @throws ModelException when the model cannot be loaded or lacks a signature
     */
    public ModelSession open() {
        return ModelSession.load(directory);
    }

    @Override
    public void close() {
        if (!own) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve("saved_model.pb"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    /**
     * DJL's engine prepares the native library; TensorFlow's classes must not be touched before.
     */
    private static void loadEngine() {
        Engine.getEngine("TensorFlow");
    }
}
