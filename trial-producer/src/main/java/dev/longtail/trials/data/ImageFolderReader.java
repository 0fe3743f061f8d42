package dev.longtail.trials.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Reads pictures from one directory per class: {@code train/CLASS/*} and {@code test/CLASS/*} (or
 * {@code val}). All pictures must have the same size; where one has colours, all are read as
 * colours. Classes and files are in the order of their names.
 */
public final class ImageFolderReader {

    private static final List<String> TEST_NAMES = List.of("test", "val");
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    private ImageFolderReader() {}

    /** Whether the directory looks like one for {@link #read}. */
    public static boolean recognizes(Path directory) {
        return Files.isDirectory(directory.resolve("train"))
                && testDirectory(directory).isPresent();
    }

    /**
     * Reads the data set: pictures are decoded once, into a temporary file that is mapped into
     * memory.
     *
     * @throws DataException when a file is no picture, sizes differ or a class has no training
     *     examples
     */
    public static Dataset read(Path directory) {
        Path trainDirectory = directory.resolve("train");
        Path testDirectory =
                testDirectory(directory)
                        .orElseThrow(
                                () ->
                                        new DataException(
                                                "expected a directory test or val beside "
                                                        + trainDirectory.toAbsolutePath()));
        try {
            List<String> classes = names(trainDirectory);
            for (String name : names(testDirectory)) {
                if (!classes.contains(name)) {
                    throw new DataException(
                            "expected test classes among the training classes, found '%s' in %s only"
                                    .formatted(name, testDirectory.toAbsolutePath()));
                }
            }
            List<PictureFile> train = files(trainDirectory, classes);
            List<PictureFile> test = files(testDirectory, classes);
            Optional<ExampleSet> trainSet = decode(trainDirectory, train, false);
            Optional<ExampleSet> testSet =
                    trainSet.isEmpty() ? Optional.empty() : decode(testDirectory, test, false);
            if (testSet.isEmpty()) {
                trainSet = decode(trainDirectory, train, true);
                testSet = decode(testDirectory, test, true);
            }
            return new Dataset(
                    "image directories",
                    trainSet.orElseThrow(),
                    testSet.orElseThrow(),
                    classes,
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new DataException(directory.toAbsolutePath() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException("cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> testDirectory(Path directory) {
        return TEST_NAMES.stream().map(directory::resolve).filter(Files::isDirectory).findFirst();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private record PictureFile(Path path, int label) {}

    private static List<PictureFile> files(Path directory, List<String> classes)
            throws IOException {
        List<PictureFile> all = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path ofClass = directory.resolve(classes.get(label));
            if (!Files.isDirectory(ofClass)) {
                continue;
            }
            try (Stream<Path> files = Files.list(ofClass)) {
                for (Path file : files.filter(ImageFolderReader::isPicture).sorted().toList()) {
                    all.add(new PictureFile(file, label));
                }
            }
        }
        if (all.isEmpty()) {
            throw new DataException(
                    "expected pictures (%s) in the class directories of %s, found none"
                            .formatted(String.join(", ", ENDINGS), directory.toAbsolutePath()));
        }
        return all;
    }

    /**
     * Decodes all pictures of a split.
     *
     * @return empty when one has colours and none was expected to
     */
    private static Optional<ExampleSet> decode(
            Path directory, List<PictureFile> files, boolean colour) throws IOException {
        ImageShape shape = null;
        try (SpooledRecords spool = SpooledRecords.create()) {
            for (PictureFile file : files) {
                BufferedImage image = ImageIO.read(file.path().toFile());
                if (image == null) {
                    throw new DataException(
                            file.path() + ": expected a picture, found something else");
                }
                if (!colour && image.getRaster().getNumBands() > 2) {
                    return Optional.empty();
                }
                ImageShape own =
                        new ImageShape(image.getHeight(), image.getWidth(), colour ? 3 : 1);
                shape = shape == null ? own : shape;
                if (!own.equals(shape)) {
                    throw new DataException(
                            "%s: expected the size of the first picture, %d x %d, found %d x %d; scale all pictures to one size first"
                                    .formatted(
                                            file.path(),
                                            shape.height(),
                                            shape.width(),
                                            own.height(),
                                            own.width()));
                }
                spool.out().write(values(image, shape));
            }
            return Optional.of(
                    new ExampleSet(
                            new ByteImages(
                                    shape, ByteImages.Layout.PLAIN, spool.map(shape.length())),
                            files.stream().mapToInt(PictureFile::label).toArray(),
                            files.stream()
                                    .map(file -> directory.relativize(file.path()).toString())
                                    .toList()));
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static byte[] values(BufferedImage image, ImageShape shape) {
        byte[] values = new byte[shape.length()];
        boolean grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        for (int p = 0; p < shape.height() * shape.width(); p++) {
            int x = p % shape.width();
            int y = p / shape.width();
            if (shape.channels() == 1) {
                // getRGB would bend grey levels by their colour space.
                values[p] =
                        (byte)
                                (grey
                                        ? image.getRaster().getSample(x, y, 0)
                                        : image.getRGB(x, y) & 0xff);
            } else {
                int rgb = image.getRGB(x, y);
                values[3 * p] = (byte) (rgb >> 16);
                values[3 * p + 1] = (byte) (rgb >> 8);
                values[3 * p + 2] = (byte) rgb;
            }
        }
        return values;
    }
}
