package dev.longtail.exchange.importing;

import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpzReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels of the examples, which trained runs do not have: from the arrays {@code tr_labels} and
 * {@code tt_labels} of the published per-class and index files, or any file with such arrays.
 *
 * @param train label of every training example
 * @param test label of every test example
 */
public record ExampleLabels(List<Integer> train, List<Integer> test) {

    /**
     * Reads them.
     *
     * @throws IOException when arrays are missing or hold other than whole numbers of 32 bits
     */
    public static ExampleLabels read(Path file) throws IOException {
        try (NpzReader arrays = new NpzReader(file)) {
            return new ExampleLabels(
                    labels(file, arrays, "tr_labels"), labels(file, arrays, "tt_labels"));
        }
    }

    private static List<Integer> labels(Path file, NpzReader arrays, String name)
            throws IOException {
        try (NpyReader array = arrays.array(name).requireShape(-1)) {
            long[] values = array.nextLongs(Math.toIntExact(array.header().elements()));
            array.requireEnd();
            List<Integer> labels = new ArrayList<>(values.length);
            for (long value : values) {
                if (value < -1 || value > Integer.MAX_VALUE) {
                    throw new ImportException(
                            "%s, array '%s': expected labels from 0, or -1 where unknown, found %d"
                                    .formatted(file, name, value));
                }
                labels.add((int) value);
            }
            return labels;
        }
    }

    /** Refuses labels of another experiment. */
    void requireSizes(int trainSize, int testSize) {
        if (train.size() != trainSize || test.size() != testSize) {
            throw new IllegalArgumentException(
                    "expected labels of %d training and %d test examples, found %d and %d"
                            .formatted(trainSize, testSize, train.size(), test.size()));
        }
    }
}
