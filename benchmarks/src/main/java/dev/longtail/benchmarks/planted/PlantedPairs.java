package dev.longtail.benchmarks.planted;

import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpzReader;
import dev.longtail.exchange.numpy.NumpyFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * High-influence pairs taken as the truth: a published {@code .npz} with {@code tr_idx, tt_idx,
 * infl, mem}.
 *
 * @param train index of each pair's training example
 * @param test index of each pair's test example
 * @param influence infl of each pair
 * @param memorization mem of each pair's training example
 */
record PlantedPairs(long[] train, long[] test, double[] influence, double[] memorization) {

    /**
     * Reads the pairs.
     *
     * @param trainSize n, above every training index
     * @param testSize n', above every test index
     * @throws NumpyFormatException when the file does not hold such pairs
     */
    static PlantedPairs read(Path file, int trainSize, int testSize) throws IOException {
        try (NpzReader npz = new NpzReader(file);
                NpyReader train = npz.array("tr_idx").requireShape(-1)) {
            int size = Math.toIntExact(train.header().elements());
            try (NpyReader test = npz.array("tt_idx").requireShape(size);
                    NpyReader influence = npz.array("infl").requireShape(size);
                    NpyReader memorization = npz.array("mem").requireShape(size)) {
                return new PlantedPairs(
                        within(file, "tr_idx", train.nextLongs(size), trainSize),
                        within(file, "tt_idx", test.nextLongs(size), testSize),
                        influence.nextDoubles(size),
                        memorization.nextDoubles(size));
            }
        }
    }

    int size() {
        return train.length;
    }

    private static long[] within(Path file, String array, long[] indices, int size)
            throws NumpyFormatException {
        long least = Arrays.stream(indices).min().orElse(0);
        long most = Arrays.stream(indices).max().orElse(0);
        if (least < 0 || most >= size) {
            throw new NumpyFormatException(
                    "%s, array '%s': expected indices from 0 to %d, found %d to %d"
                            .formatted(file, array, size - 1, least, most));
        }
        return indices;
    }
}
