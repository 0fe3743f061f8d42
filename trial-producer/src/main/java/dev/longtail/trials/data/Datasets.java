package dev.longtail.trials.data;

import dev.longtail.trials.data.generated.LongTailDigits;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the data set that a user means. */
public final class Datasets {

    private Datasets() {}

    /**
     * Reads a directory or file, or draws the generated set.
     *
     * @param path null for the generated set
     * @throws DataException when the path holds no data set of a known format, or a broken one
     */
    public static Dataset open(Path path) {
        if (path == null) {
            return LongTailDigits.DEFAULT.draw();
        }
        if (Files.isRegularFile(path) && NpzDatasetReader.recognizes(path)) {
            return NpzDatasetReader.read(path);
        }
        if (!Files.isDirectory(path)) {
            throw new DataException(
                    "--data: expected a directory or an .npz file, found "
                            + (Files.exists(path) ? "another file" : "nothing")
                            + " at "
                            + path.toAbsolutePath());
        }
        if (IdxReader.recognizes(path)) {
            return IdxReader.read(path);
        }
        if (CifarReader.recognizes(path)) {
            return CifarReader.read(path);
        }
        if (ImageFolderReader.recognizes(path)) {
            return ImageFolderReader.read(path);
        }
        throw new DataException(
                "--data: expected MNIST-format files (train-images-idx3-ubyte, ...), CIFAR binary files (data_batch_1.bin, ... or train.bin) or image directories (train/CLASS, test/CLASS) in %s; found none of them"
                        .formatted(path.toAbsolutePath()));
    }
}
