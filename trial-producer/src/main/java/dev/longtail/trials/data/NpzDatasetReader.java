package dev.longtail.trials.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private static final int HEADER_PREFIX = 1024;

    private NpzDatasetReader() {}

    /** Whether the path looks like a file for {@link #read}. */
    public static boolean recognizes(Path file) {
        return file.toString().endsWith(".npz");
    }

    /**
     * Reads the data set into memory.
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
        requireRowOrder(file, zip, xName);
        requireRowOrder(file, zip, yName);
        NpyArray x = get(file, arrays, xName);
        NpyArray y = get(file, arrays, yName);
        int[] labels = labels(file, yName, y);
        int[] shape = x.getShape();
        ImageShape picture =
                switch (shape.length) {
                    case 2 -> new ImageShape(1, shape[1], 1);
                    case 3 -> new ImageShape(shape[1], shape[2], 1);
                    case 4 -> new ImageShape(shape[1], shape[2], shape[3]);
                    default ->
                            throw new DataException(
                                    "%s: expected %s of 2, 3 or 4 dimensions, found shape %s"
                                            .formatted(file, xName, Arrays.toString(shape)));
                };
        return new ExampleSet(images(file, xName, x, picture), labels, List.of());
    }

    private static Images images(Path file, String name, NpyArray x, ImageShape shape) {
        Object data = x.getData();
        if (data instanceof byte[] bytes) {
            return new ByteImages(shape, ByteBuffer.wrap(bytes));
        }
        if (data instanceof float[] floats) {
            return new FloatImages(shape, floats);
        }
        if (data instanceof double[] doubles) {
            float[] floats = new float[doubles.length];
            for (int k = 0; k < floats.length; k++) {
                floats[k] = (float) doubles[k];
            }
            return new FloatImages(shape, floats);
        }
        throw new DataException(
                "%s: expected %s of type uint8, float32 or float64, found %s"
                        .formatted(file, name, data.getClass().getSimpleName()));
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

    /** The library would mix up the rows of an array in Fortran order without a word. */
    private static void requireRowOrder(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new DataException(
                    "%s: expected the arrays x_train, y_train, x_test and y_test, found %s"
                            .formatted(file, zip.stream().map(ZipEntry::getName).toList()));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            String header = new String(in.readNBytes(HEADER_PREFIX), StandardCharsets.ISO_8859_1);
            if (header.contains("'fortran_order': True")) {
                throw new DataException(
                        "%s: expected array '%s' in C order, found Fortran order; save numpy.ascontiguousarray(%s)"
                                .formatted(file, name, name));
            }
        }
    }
}
