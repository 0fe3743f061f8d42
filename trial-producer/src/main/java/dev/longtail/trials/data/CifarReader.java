package dev.longtail.trials.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads a directory with the binary version of CIFAR-10 or CIFAR-100 (fine labels). Files are
 * memory-mapped.
 *
 * <pre>
 *   CIFAR-10    label | 1,024 red | 1,024 green | 1,024 blue      data_batch_1.bin to 5, test_batch.bin
 *   CIFAR-100   coarse label | fine label | as above              train.bin, test.bin
 * </pre>
 */
public final class CifarReader {

    private static final ImageShape SHAPE = new ImageShape(32, 32, 3);

    private enum Version {
        CIFAR_10(
                1,
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin"),
                "test_batch.bin",
                "batches.meta.txt",
                10),
        CIFAR_100(2, List.of("train.bin"), "test.bin", "fine_label_names.txt", 100);

        private final int header;
        private final List<String> train;
        private final String test;
        private final String names;
        private final int classes;

        Version(int header, List<String> train, String test, String names, int classes) {
            this.header = header;
            this.train = train;
            this.test = test;
            this.names = names;
            this.classes = classes;
        }
    }

    private CifarReader() {}

    /** Whether the directory looks like one for {@link #read}. */
    public static boolean recognizes(Path directory) {
        return version(directory).isPresent();
    }

    /**
     * Reads the data set.
     *
     * @throws DataException when a file is missing or malformed
     */
    public static Dataset read(Path directory) {
        Version version =
                version(directory)
                        .orElseThrow(
                                () ->
                                        new DataException(
                                                "expected data_batch_1.bin (CIFAR-10) or train.bin (CIFAR-100) in "
                                                        + directory.toAbsolutePath()));
        try {
            return new Dataset(
                    version == Version.CIFAR_10 ? "CIFAR-10" : "CIFAR-100",
                    readSet(directory, version, version.train),
                    readSet(directory, version, List.of(version.test)),
                    classNames(directory, version),
                    Optional.empty());
        } catch (IOException e) {
            throw new DataException("cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Version> version(Path directory) {
        for (Version version : Version.values()) {
            if (Files.exists(directory.resolve(version.train.get(0)))) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private static ExampleSet readSet(Path directory, Version version, List<String> names)
            throws IOException {
        int record = version.header + SHAPE.length();
        List<ByteBuffer> parts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String name : names) {
            Path file = MappedFile.require(directory, name);
            long size = Files.size(file);
            if (size == 0 || size % record != 0) {
                throw new DataException(
                        "%s: expected whole records of %d bytes, found %d bytes; is the file truncated?"
                                .formatted(file, record, size));
            }
            for (ByteBuffer part : MappedFile.records(file, 0, record)) {
                parts.add(part);
                for (int at = version.header - 1; at < part.capacity(); at += record) {
                    labels.add(label(file, version, part.get(at) & 0xff, labels.size()));
                }
            }
        }
        return new ExampleSet(
                new ByteImages(SHAPE, new ByteImages.Layout(version.header, true), parts),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                List.of());
    }

    private static int label(Path file, Version version, int label, int example) {
        if (label >= version.classes) {
            throw new DataException(
                    "%s: expected labels below %d, found %d at example %d; is it the binary version?"
                            .formatted(file, version.classes, label, example));
        }
        return label;
    }

    private static List<String> classNames(Path directory, Version version) throws IOException {
        Path file = directory.resolve(version.names);
        if (!Files.isReadable(file)) {
            return IntStream.range(0, version.classes).mapToObj(Integer::toString).toList();
        }
        List<String> names =
                Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
        if (names.size() != version.classes) {
            throw new DataException(
                    "%s: expected %d names, found %d"
                            .formatted(file, version.classes, names.size()));
        }
        return names;
    }
}
