package dev.longtail.exchange.compare;

import dev.longtail.estimators.ExperimentComparison.ListedPairs;
import dev.longtail.exchange.compare.ComparedEstimates.PairList;
import dev.longtail.exchange.exporting.ExportInput;
import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpzReader;
import dev.longtail.exchange.numpy.NumpyFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Estimates in the published {@code .npz} formats:
 *
 * <ul>
 *   <li>{@code tr_idx, tt_idx, infl, mem}: high-influence pairs, taken as complete from the
 *       smallest influence in the file on, rounded down to two digits because thresholds are round;
 *   <li>{@code tr_mem} with {@code tr_classidx_K, tt_classidx_K, infl_matrix_classK}: memorization,
 *       and influence within each class;
 *   <li>{@code memorization} with {@code influence} [n', n]: memorization, and all influence.
 * </ul>
 *
 * <p>From matrices the pairs over both thresholds are taken, row by row: the matrices need not fit
 * in memory.
 */
final class PublishedEstimates {

    private static final String CLASS_MATRIX = "infl_matrix_class";

    private final Path file;
    private final double memorizationThreshold;
    private final double influenceThreshold;

    /**
     * @param memorizationThreshold least mem(i) of pairs taken from matrices
     * @param influenceThreshold least infl(i, j) of pairs taken from matrices
     */
    PublishedEstimates(Path file, double memorizationThreshold, double influenceThreshold) {
        this.file = file;
        this.memorizationThreshold = memorizationThreshold;
        this.influenceThreshold = influenceThreshold;
    }

    /**
     * Reads the file.
     *
     * @throws NumpyFormatException when it is in none of the formats
     */
    ComparedEstimates read() throws IOException {
        try (NpzReader npz = new NpzReader(file)) {
            if (npz.has("tr_idx")) {
                return estimates(npz, Optional.empty(), Optional.of(pairFile(npz)));
            }
            if (npz.has("tr_mem")) {
                double[] memorization = vector(npz, "tr_mem");
                Optional<PairList> pairs =
                        npz.names().stream().anyMatch(name -> name.startsWith(CLASS_MATRIX))
                                ? Optional.of(classMatrices(npz, memorization))
                                : Optional.empty();
                return estimates(npz, Optional.of(memorization), pairs);
            }
            if (npz.has("memorization")) {
                double[] memorization = vector(npz, "memorization");
                Optional<PairList> pairs =
                        npz.has("influence")
                                ? Optional.of(wholeMatrix(npz, memorization))
                                : Optional.empty();
                return estimates(npz, Optional.of(memorization), pairs);
            }
            throw new NumpyFormatException(
                    "%s: expected arrays 'tr_idx', 'tr_mem' or 'memorization', found %s"
                            .formatted(file, npz.names()));
        }
    }

    private ComparedEstimates estimates(
            NpzReader npz, Optional<double[]> memorization, Optional<PairList> pairs)
            throws IOException {
        String trials =
                npz.has("trials") ? (long) single(npz, "trials") + " trials" : "trials not stated";
        boolean convergedOnly =
                npz.has(ExportInput.CONVERGED_ONLY) && single(npz, ExportInput.CONVERGED_ONLY) != 0;
        return new ComparedEstimates(
                file.getFileName().toString(),
                "file " + file + ", " + trials + ComparedEstimates.label(convergedOnly),
                memorization,
                Double.NaN,
                pairs);
    }

    private PairList pairFile(NpzReader npz) throws IOException {
        double[] influence = vector(npz, "infl");
        double[] memorization = vector(npz, "mem");
        ListedPairs listed;
        try {
            listed = new ListedPairs(indices(npz, "tr_idx"), indices(npz, "tt_idx"), influence);
        } catch (IllegalArgumentException e) {
            throw new NumpyFormatException(file + ": " + e.getMessage(), e);
        }
        return new PairList(
                listed,
                Arrays.stream(memorization).min().orElse(memorizationThreshold),
                Math.floor(100 * Arrays.stream(influence).min().orElse(influenceThreshold)) / 100);
    }

    private PairList classMatrices(NpzReader npz, double[] memorization) throws IOException {
        PairListBuilder pairs = new PairListBuilder();
        for (String name : npz.names()) {
            if (!name.startsWith(CLASS_MATRIX)) {
                continue;
            }
            String label = name.substring(CLASS_MATRIX.length());
            int[] train = indices(npz, "tr_classidx_" + label);
            int[] test = indices(npz, "tt_classidx_" + label);
            try (NpyReader matrix = npz.array(name).requireShape(train.length, test.length)) {
                for (int i : train) {
                    double[] row = matrix.nextDoubles(test.length);
                    for (int column = 0; column < row.length; column++) {
                        addIfHigh(pairs, memorization, i, test[column], row[column]);
                    }
                }
            }
        }
        return new PairList(pairs.build(), memorizationThreshold, influenceThreshold);
    }

    private PairList wholeMatrix(NpzReader npz, double[] memorization) throws IOException {
        PairListBuilder pairs = new PairListBuilder();
        try (NpyReader matrix = npz.array("influence").requireShape(-1, memorization.length)) {
            long tests = matrix.header().shape()[0];
            for (int j = 0; j < tests; j++) {
                double[] column = matrix.nextDoubles(memorization.length);
                for (int i = 0; i < column.length; i++) {
                    addIfHigh(pairs, memorization, i, j, column[i]);
                }
            }
        }
        return new PairList(pairs.build(), memorizationThreshold, influenceThreshold);
    }

    private void addIfHigh(
            PairListBuilder pairs, double[] memorization, int train, int test, double influence)
            throws NumpyFormatException {
        if (train >= memorization.length) {
            throw new NumpyFormatException(
                    "%s: expected training examples below %d, the length of the memorization, found %d"
                            .formatted(file, memorization.length, train));
        }
        if (influence >= influenceThreshold && memorization[train] >= memorizationThreshold) {
            pairs.add(train, test, influence);
        }
    }

    private static double[] vector(NpzReader npz, String name) throws IOException {
        try (NpyReader array = npz.array(name).requireShape(-1)) {
            return array.nextDoubles(Math.toIntExact(array.header().elements()));
        }
    }

    private static double single(NpzReader npz, String name) throws IOException {
        try (NpyReader array = npz.array(name)) {
            return array.nextDoubles(1)[0];
        }
    }

    private int[] indices(NpzReader npz, String name) throws IOException {
        try (NpyReader array = npz.array(name).requireShape(-1)) {
            long[] values = array.nextLongs(Math.toIntExact(array.header().elements()));
            int[] indices = new int[values.length];
            for (int at = 0; at < values.length; at++) {
                if (values[at] < 0 || values[at] > Integer.MAX_VALUE) {
                    throw new NumpyFormatException(
                            "%s, array '%s': expected indices from 0, found %d at element %d"
                                    .formatted(file, name, values[at], at));
                }
                indices[at] = (int) values[at];
            }
            return indices;
        }
    }
}
