package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads a directory with the four files of MNIST and its relatives, plain or with {@code .gz}. */
public final class IdxReader {

    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private IdxReader() {}

    /** Whether the directory looks like one for {@link #read}. */
    public static boolean recognizes(Path directory) {
        return Files.exists(directory.resolve(TRAIN_IMAGES))
                || Files.exists(directory.resolve(TRAIN_IMAGES + ".gz"));
    }

    /**
     * Reads the data set; classes are named by their numbers.
     *
     * @throws DataException when a file is missing or malformed, or sizes do not fit together
     */
    public static Dataset read(Path directory) {
        ExampleSet train = readSet(directory, TRAIN_IMAGES, TRAIN_LABELS);
        ExampleSet test = readSet(directory, TEST_IMAGES, TEST_LABELS);
        int classes = 1 + Math.max(train.largestLabel(), test.largestLabel());
        List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        try {
            return new Dataset("IDX files", train, test, names, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new DataException(directory + ": " + e.getMessage(), e);
        }
    }

    private static ExampleSet readSet(Path directory, String imagesName, String labelsName) {
        Path imagesPath = find(directory, imagesName);
        Path labelsPath = find(directory, labelsName);
        IdxFile images = IdxFile.read(imagesPath, 3);
        IdxFile labels = IdxFile.read(labelsPath, 1);
        int[] d = images.dimensions();
        if (d[0] != labels.dimensions()[0]) {
            throw new DataException(
                    "expected as many labels as pictures, found %d pictures in %s and %d labels in %s"
                            .formatted(d[0], imagesPath, labels.dimensions()[0], labelsPath));
        }
        if (d[1] == 0 || d[2] == 0) {
            throw new DataException(
                    "%s: expected pictures of at least 1x1, found %dx%d"
                            .formatted(imagesPath, d[1], d[2]));
        }
        int[] classes = new int[d[0]];
        int at = 0;
        for (ByteBuffer part : labels.values()) {
            while (part.hasRemaining()) {
                classes[at++] = part.get() & 0xff;
            }
        }
        ImageShape shape = new ImageShape(d[1], d[2], 1);
        return new ExampleSet(
                new ByteImages(shape, ByteImages.Layout.PLAIN, images.values()),
                classes,
                List.of());
    }

    private static Path find(Path directory, String name) {
        for (String candidate : List.of(name, name + ".gz")) {
            Path file = directory.resolve(candidate);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        throw new DataException(
                "expected a readable file %s or %s.gz in %s, found neither"
                        .formatted(name, name, directory.toAbsolutePath()));
    }
}
