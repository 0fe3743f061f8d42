package dev.longtail.trials.training;

import dev.longtail.trials.data.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Where the model comes from that every trial trains. */
public sealed interface ModelSource {

    /** The model in words; the same for all workers that train the same model. */
    String describe(Dataset dataset);

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

        private static final int SHOWN_DIGITS = 16;

        /** Names the model by the SHA-256 over its files' names and contents. */
        @Override
        public String describe(Dataset dataset) {
            try (Stream<Path> walk = Files.walk(directory)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
                for (Path file : files) {
                    String name = directory.relativize(file).toString();
                    digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
                return "own model "
                        + HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
            } catch (IOException e) {
                throw new ModelException(
                        "cannot read the model in %s: %s"
                                .formatted(directory.toAbsolutePath(), e.getMessage()),
                        e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        @Override
        public ModelFactory open(Dataset dataset, long memoryBytes) {
            return ModelFactory.foreign(directory, dataset, memoryBytes);
        }
    }
}
