package dev.longtail.trials.training;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the model comes from that every trial trains. */
public sealed interface ModelSource {

    /** The model in words; the same for all workers that train the same model. */
    String describe(Dataset dataset);

    /**
     * Refuses a model that cannot be trained on these data, before anything is published about it.
     *
     * @throws ModelException saying what is missing or does not fit
     */
    default void verify(Dataset dataset) {}

    /**
     * The model, ready to be trained.
     *
     * @param memoryBytes how large a data set may be to be kept in memory
     * @throws ModelException when it cannot be used
     */
    ModelFactory open(Dataset dataset, long memoryBytes);

    /**
     * A network of ours.
     *
     * @param weightDecay lambda of the penalty lambda/2 |w|^2 on weights
     */
    record BuiltIn(ModelSpec spec, double weightDecay) implements ModelSource {

        @Override
        public String describe(Dataset dataset) {
            return spec.describe(dataset.train().images().shape(), dataset.classes());
        }

        @Override
        public ModelFactory open(Dataset dataset, long memoryBytes) {
            return ModelFactory.build(spec, dataset, weightDecay, memoryBytes);
        }
    }

    /**
     * A SavedModel that carries its own training, for example exported from Python.
     *
     * @param directory with {@code saved_model.pb}
     */
    record Saved(Path directory) implements ModelSource {

        /** Names the model by the SHA-256 over its files' names and contents. */
        @Override
        public String describe(Dataset dataset) {
            try (Stream<Path> walk = Files.walk(directory)) {
                List<Path> files = walk.filter(Files::isRegularFile).toList();
                return "own model " + Fingerprint.of(files, directory);
            } catch (IOException e) {
                throw new ModelException(
                        "cannot read the model in %s: %s"
                                .formatted(directory.toAbsolutePath(), e.getMessage()),
                        e);
            }
        }

        /** Has the model start, take a step on the first example and predict it. */
        @Override
        public void verify(Dataset dataset) {
            Dataset first = dataset.first(1);
            try (ModelFactory factory = ModelFactory.foreign(directory, first, 0);
                    TrialTrainer trainer =
                            factory.trainer(
                                    new SubsetSampler.FixedSize(1, 1),
                                    new Optimizer(1, 1, 0.01, 0, 0, Optimizer.Schedule.CONSTANT))) {
                trainer.run(TrialSeeds.of(0, 0), () -> false);
            } catch (AbandonedException e) {
                throw new IllegalStateException("nobody asks for that", e);
            }
        }

        @Override
        public ModelFactory open(Dataset dataset, long memoryBytes) {
            return ModelFactory.foreign(directory, dataset, memoryBytes);
        }
    }

    /**
     * The last layers of a network that was trained before, trained anew on its fixed features.
     *
     * @param directory of the {@link Body}
     * @param layers how many, from 1 to 3
     * @param weightDecay lambda of the penalty lambda/2 |w|^2 on weights
     */
    record Transfer(Path directory, int layers, double weightDecay) implements ModelSource {

        @Override
        public String describe(Dataset dataset) {
            Body body = Body.open(directory);
            return "%s, body %s"
                    .formatted(
                            head(body).describe(body.input(), dataset.classes()),
                            body.fingerprint());
        }

        @Override
        public void verify(Dataset dataset) {
            Body body = Body.open(directory);
            body.requireShape(dataset);
            head(body).network(body.input(), dataset.classes());
        }

        @Override
        public ModelFactory open(Dataset dataset, long memoryBytes) {
            Body body = Body.open(directory);
            head(body).network(body.input(), dataset.classes());
            Dataset features = body.features(dataset, layers);
            return ModelFactory.build(head(body), features, weightDecay, memoryBytes);
        }

        private ModelSpec head(Body body) {
            return new ModelSpec.LastLayers(body.spec(), body.input(), layers);
        }
    }
}
