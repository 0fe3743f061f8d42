package dev.longtail.trials.data;

import dev.longtail.trials.data.generated.LongTailDigits;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the data set that a user means. */
public final class Datasets {

    private Datasets() {}

    /**
     * Reads a directory, or draws the generated set.
     *
     * @param directory null for the generated set
     * @throws DataException when the directory holds no data set of a known format, or a broken one
     */
    public static Dataset open(Path directory) {
        if (directory == null) {
            return LongTailDigits.DEFAULT.draw();
        }
        if (!Files.isDirectory(directory)) {
            throw new DataException(
                    "--data: expected a directory, found " + directory.toAbsolutePath());
        }
        if (IdxReader.recognizes(directory)) {
            return IdxReader.read(directory);
        }
        throw new DataException(
                "--data: expected train-images-idx3-ubyte and its three companions, plain or .gz, in %s; found none"
                        .formatted(directory.toAbsolutePath()));
    }
}
