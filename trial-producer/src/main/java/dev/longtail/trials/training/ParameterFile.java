package dev.longtail.trials.training;

import dev.longtail.trials.training.ModelSession.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzEntry;
import org.jetbrains.bio.npy.NpzFile;

/** A model's parameters as NumPy's {@code .npz}, one float32 array per parameter under its name. */
final class ParameterFile {

    private static final int READ_STEP = 1 << 18;

    private ParameterFile() {}

    /**
     * Writes a file, which is there as a whole or not at all.
     *
     * @throws ModelException when it cannot be written
     */
    static void write(Path file, SortedMap<String, Parameter> parameters) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (NpzFile.Writer npz = NpzFile.write(unfinished, false)) {
                parameters.forEach(
                        (name, parameter) ->
                                npz.write(
                                        name,
                                        parameter.values(),
                                        Arrays.stream(parameter.shape())
                                                .mapToInt(Math::toIntExact)
                                                .toArray()));
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ModelException(
                    "cannot write parameters to %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws ModelException when it cannot be read
     */
    static SortedMap<String, Parameter> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new ModelException("expected a readable file " + file.toAbsolutePath());
        }
        SortedMap<String, Parameter> parameters = new TreeMap<>();
        try (NpzFile.Reader npz = NpzFile.read(file)) {
            for (NpzEntry entry : npz.introspect()) {
                NpyArray array = npz.get(entry.getName(), READ_STEP);
                parameters.put(
                        entry.getName(),
                        new Parameter(
                                Arrays.stream(array.getShape()).asLongStream().toArray(),
                                array.asFloatArray()));
            }
            // The library is Kotlin's and throws IOException without saying so.
        } catch (Exception e) {
            throw new ModelException(
                    "cannot read parameters from %s: %s".formatted(file, e.getMessage()), e);
        }
        return parameters;
    }
}
