package dev.longtail.exchange.importing;

import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpyWriter;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Released runs with 5 training and 3 test examples, to be spoilt in every way. */
public final class RunFiles {

    private final Map<String, Object> arrays = new LinkedHashMap<>();

    /** A run that is as it should be. */
    static RunFiles good() {
        return new RunFiles()
                .with("correctness_train", new boolean[] {true, false, true})
                .with("correctness_removed", new boolean[] {false, true})
                .with("correctness_test", new boolean[] {true, false, true})
                .with("index_train", new long[] {4, 0, 2})
                .with("index_removed", new long[] {1, 3})
                .with("index_test", new long[] {2, 0, 1})
                .with("subsample_idx", new long[] {0, 2, 4});
    }

    public RunFiles with(String name, Object array) {
        arrays.put(name, array);
        return this;
    }

    RunFiles without(String name) {
        arrays.remove(name);
        return this;
    }

    /** Writes {@code <ratio>/<run>/aux_arrays.npz}. */
    public Path write(Path ratio, String run) throws IOException {
        Path directory = Files.createDirectories(ratio.resolve(run));
        Path file = directory.resolve("aux_arrays.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            for (Map.Entry<String, Object> array : arrays.entrySet()) {
                write(npz, array.getKey(), array.getValue());
            }
        }
        return file;
    }

    private static void write(NpzWriter npz, String name, Object values) throws IOException {
        if (values instanceof long[] integers) {
            npz.longs(name, integers);
        } else if (values instanceof double[] numbers) {
            npz.doubles(name, NpyType.FLOAT64, numbers);
        } else if (values instanceof boolean[] bits) {
            bits(npz, name, bits, bits.length);
        } else if (values instanceof boolean[][] rows) {
            boolean[] all = new boolean[rows.length * rows[0].length];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(rows[row], 0, all, row * rows[0].length, rows[0].length);
            }
            bits(npz, name, all, rows.length, rows[0].length);
        } else {
            throw new IllegalArgumentException("no such array: " + values);
        }
    }

    private static void bits(NpzWriter npz, String name, boolean[] values, long... shape)
            throws IOException {
        try (NpyWriter array = npz.array(name, NpyType.BOOL, shape)) {
            for (boolean value : values) {
                array.write(value);
            }
        }
    }
}
