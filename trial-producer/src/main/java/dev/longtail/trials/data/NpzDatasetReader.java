package dev.longtail.trials.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;

/**
 * Reads NumPy's {@code .npz} with the arrays {@code x_train}, {@code y_train}, {@code x_test} and
 * {@code y_test}, as {@code tf.keras.datasets} has them: x is [n, height, width], [n, height,
 * width, channels] or [n, features], of bytes or floating-point values; y is [n] or [n, 1] of whole
 * numbers.
 */
public final class NpzDatasetReader {

    private NpzDatasetReader() {}

    /** Whether the path looks like a file for {@link #read}. */
    public static boolean recognizes(Path file) {
        return file.toString().endsWith(".npz");
    }

    /**
     * Reads the data set: pictures through a memory map of a temporary copy, which needs as much
     * space on disk as they have uncompressed.
     *
     * @throws DataException when an array is missing, of a wrong type or shape, or in Fortran order
     */
    public static Dataset read(Path file) {
        try (NpzFile.Reader arrays = NpzFile.read(file);
                ZipFile zip = new ZipFile(file.toFile())) {
            ExampleSet train = readSet(file, zip, arrays, "x_train", "y_train");
            ExampleSet test = readSet(file, zip, arrays, "x_test", "y_test");
            int classes = 1 + Math.max(train.largestLabel(), test.largestLabel());
            List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
            return new Dataset("NumPy arrays", train, test, names, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static ExampleSet readSet(
            Path file, ZipFile zip, NpzFile.Reader arrays, String xName, String yName)
            throws IOException {
        Images images;
        try (InputStream in = zip.getInputStream(entry(file, zip, xName))) {
            images = images(file, xName, in);
        }
        try (InputStream in = zip.getInputStream(entry(file, zip, yName))) {
            // The library would mix up the rows of an array in Fortran order without a word.
            NpyHeader.read(file, yName, in);
        }
        int[] labels = labels(file, yName, get(file, arrays, yName));
        return new ExampleSet(images, labels, List.of());
    }

    /** Copies the values out of the archive, which may have them compressed, and maps them. */
    private static Images images(Path file, String name, InputStream in) throws IOException {
        NpyHeader header = NpyHeader.read(file, name, in);
        ImageShape shape = header.pictures(file, name);
        int record =
                switch (header.type()) {
                    case "|u1", "|b1" -> shape.length();
                    case "<f4" -> Math.multiplyExact(shape.length(), Float.BYTES);
                    case "<f8" -> Math.multiplyExact(shape.length(), Double.BYTES);
                    default ->
                            throw new DataException(
                                    "%s: expected %s of type uint8 (|u1), float32 (<f4) or float64 (<f8), found %s"
                                            .formatted(file, name, header.type()));
                };
        try (SpooledRecords spool = SpooledRecords.create()) {
            long expected = (long) header.shape()[0] * record;
            long found = in.transferTo(spool.out());
            if (found != expected) {
                throw new DataException(
                        "%s: expected %d bytes in %s, found %d; is the file truncated?"
                                .formatted(file, expected, name, found));
            }
            List<ByteBuffer> parts = spool.map(record);
            return record == shape.length()
                    ? new ByteImages(shape, ByteImages.Layout.PLAIN, parts)
                    : new MappedFloatImages(shape, header.type().equals("<f8"), parts);
        }
    }

    private static int[] labels(Path file, String name, NpyArray y) {
        int[] shape = y.getShape();
        if (shape.length != 1 && !(shape.length == 2 && shape[1] == 1)) {
            throw new DataException(
                    "%s: expected %s of shape [n], found %s"
                            .formatted(file, name, Arrays.toString(shape)));
        }
        Object data = y.getData();
        if (data instanceof byte[] bytes) {
            return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
        }
        if (data instanceof short[] shorts) {
            return IntStream.range(0, shorts.length).map(i -> shorts[i]).toArray();
        }
        if (data instanceof int[] ints) {
            return ints;
        }
        if (data instanceof long[] longs) {
            return Arrays.stream(longs).mapToInt(Math::toIntExact).toArray();
        }
        throw new DataException(
                "%s: expected %s of whole numbers, found %s"
                        .formatted(file, name, data.getClass().getSimpleName()));
    }

    private static NpyArray get(Path file, NpzFile.Reader arrays, String name) {
        try {
            return arrays.get(name, 1 << 18);
        } catch (RuntimeException e) {
            throw new DataException(
                    "%s: cannot read array '%s': %s".formatted(file, name, e.getMessage()), e);
        }
    }

    private static ZipEntry entry(Path file, ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new DataException(
                    "%s: expected the arrays x_train, y_train, x_test and y_test, found %s"
                            .formatted(file, zip.stream().map(ZipEntry::getName).toList()));
        }
        return entry;
    }
}
