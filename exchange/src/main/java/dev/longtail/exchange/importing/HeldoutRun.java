package dev.longtail.exchange.importing;

import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpzReader;
import dev.longtail.schemas.PackedBits;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One released run of google-research/heldout-influence-estimation: {@code aux_arrays.npz}.
 *
 * <p>For each split s of {@code train} (the included examples), {@code removed} (those left out)
 * and {@code test}, {@code correctness_s[k]} says whether the model is right on the example of
 * index {@code index_s[k]}; train and removed together are the original training set. {@code
 * subsample_idx} lists the included examples once more, in another order.
 *
 * @see <a href="https://github.com/google-research/heldout-influence-estimation">the repository</a>
 */
final class HeldoutRun {

    static final String FILE = "aux_arrays.npz";

    private final Path file;
    private final NpzReader arrays;

    private HeldoutRun(Path file, NpzReader arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    /**
     * Reads a run.
     *
     * @throws IOException when arrays are missing, damaged or contradict each other, naming the
     *     file, the array and the first index that is wrong
     */
    static ImportedTrial read(String id, Path file) throws IOException {
        try (NpzReader arrays = new NpzReader(file)) {
            return new HeldoutRun(file, arrays).read(id);
        }
    }

    private ImportedTrial read(String id) throws IOException {
        Evaluated included = evaluated("train");
        Evaluated removed = evaluated("removed");
        Evaluated test = evaluated("test");
        int trainSize = Math.addExact(included.size(), removed.size());
        byte[] mask = new byte[PackedBits.byteLength(trainSize)];
        byte[] leftOut = new byte[mask.length];
        byte[] trainCorrect = new byte[mask.length];
        byte[] testSeen = new byte[PackedBits.byteLength(test.size())];
        byte[] testCorrect = new byte[testSeen.length];
        scatter(included, trainSize, mask, trainCorrect);
        scatter(removed, trainSize, leftOut, trainCorrect);
        requireEachOnce(mask, leftOut, trainSize);
        scatter(test, test.size(), testSeen, testCorrect);
        requireSameSubset(mask, included.size());
        return new ImportedTrial(id, trainSize, test.size(), mask, trainCorrect, testCorrect);
    }

    /** Indices of the examples of a split, and packed whether the model is right on each. */
    private record Evaluated(String split, long[] index, byte[] correct) {

        int size() {
            return index.length;
        }
    }

    private Evaluated evaluated(String split) throws IOException {
        long[] index = integers("index_" + split);
        try (NpyReader correctness =
                arrays.array("correctness_" + split).requireShape(index.length)) {
            byte[] correct = correctness.nextBits(index.length);
            correctness.requireEnd();
            return new Evaluated(split, index, correct);
        }
    }

    private long[] integers(String name) throws IOException {
        try (NpyReader array = arrays.array(name).requireShape(-1)) {
            long[] values = array.nextLongs(Math.toIntExact(array.header().elements()));
            array.requireEnd();
            return values;
        }
    }

    private void scatter(Evaluated from, int size, byte[] seen, byte[] correct)
            throws ImportException {
        for (int k = 0; k < from.size(); k++) {
            int index = requireNew("index_" + from.split(), from.index()[k], size, seen);
            if (PackedBits.get(from.correct(), k)) {
                PackedBits.set(correct, index);
            }
        }
    }

    private int requireNew(String array, long index, int size, byte[] seen) throws ImportException {
        if (index < 0 || index >= size) {
            throw error(
                    "expected indices from 0 to %d in '%s', found %d"
                            .formatted(size - 1, array, index));
        }
        if (PackedBits.get(seen, (int) index)) {
            throw error("'%s' has the index %d twice".formatted(array, index));
        }
        PackedBits.set(seen, (int) index);
        return (int) index;
    }

    private void requireEachOnce(byte[] mask, byte[] leftOut, int trainSize)
            throws ImportException {
        for (int i = 0; i < trainSize; i++) {
            boolean included = PackedBits.get(mask, i);
            if (included == PackedBits.get(leftOut, i)) {
                throw error(
                        "expected each of the %d training examples in one of 'index_train' and 'index_removed', found %d in %s"
                                .formatted(trainSize, i, included ? "both" : "none"));
            }
        }
    }

    private void requireSameSubset(byte[] mask, int size) throws IOException {
        long[] subset = integers("subsample_idx");
        byte[] seen = new byte[mask.length];
        int trainSize = mask.length * Byte.SIZE;
        for (long index : subset) {
            int example = requireNew("subsample_idx", index, trainSize, seen);
            if (!PackedBits.get(mask, example)) {
                throw error(
                        "'subsample_idx' has the example %d, 'index_train' has not"
                                .formatted(example));
            }
        }
        if (subset.length != size) {
            throw error(
                    "'subsample_idx' has %d examples, 'index_train' has %d"
                            .formatted(subset.length, size));
        }
    }

    private ImportException error(String what) {
        return new ImportException(file + ": " + what);
    }
}
