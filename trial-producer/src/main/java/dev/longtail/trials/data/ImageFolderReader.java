package dev.longtail.trials.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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
     * Reads the data set into memory.
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
            Pictures train = Pictures.read(trainDirectory, classes);
            Pictures test = Pictures.read(testDirectory, classes);
            boolean colour = train.hasColour() || test.hasColour();
            return new Dataset(
                    "image directories",
                    train.toSet(colour),
                    test.toSet(colour),
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

    /** The decoded pictures of one split. */
    private record Pictures(
            List<BufferedImage> images, List<Integer> labels, List<String> names, Path directory) {

        static Pictures read(Path directory, List<String> classes) throws IOException {
            Pictures pictures =
                    new Pictures(
                            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), directory);
            for (int label = 0; label < classes.size(); label++) {
                Path ofClass = directory.resolve(classes.get(label));
                if (!Files.isDirectory(ofClass)) {
                    continue;
                }
                try (Stream<Path> files = Files.list(ofClass)) {
                    for (Path file : files.filter(Pictures::isPicture).sorted().toList()) {
                        pictures.add(file, label);
                    }
                }
            }
            if (pictures.images.isEmpty()) {
                throw new DataException(
                        "expected pictures (%s) in the class directories of %s, found none"
                                .formatted(String.join(", ", ENDINGS), directory.toAbsolutePath()));
            }
            return pictures;
        }

        boolean hasColour() {
            return images.stream().anyMatch(image -> image.getRaster().getNumBands() > 2);
        }

        ExampleSet toSet(boolean colour) {
            BufferedImage first = images.get(0);
            ImageShape shape = new ImageShape(first.getHeight(), first.getWidth(), colour ? 3 : 1);
            ByteArrayOutputStream values = new ByteArrayOutputStream();
            for (BufferedImage image : images) {
                values.writeBytes(values(image, shape));
            }
            return new ExampleSet(
                    new ByteImages(shape, ByteBuffer.wrap(values.toByteArray())),
                    labels.stream().mapToInt(Integer::intValue).toArray(),
                    names);
        }

        private void add(Path file, int label) throws IOException {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new DataException(file + ": expected a picture, found something else");
            }
            BufferedImage first = images.isEmpty() ? image : images.get(0);
            if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
                throw new DataException(
                        "%s: expected the size of the first picture, %d x %d, found %d x %d; scale all pictures to one size first"
                                .formatted(
                                        file,
                                        first.getHeight(),
                                        first.getWidth(),
                                        image.getHeight(),
                                        image.getWidth()));
            }
            images.add(image);
            labels.add(label);
            names.add(directory.relativize(file).toString());
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
}
