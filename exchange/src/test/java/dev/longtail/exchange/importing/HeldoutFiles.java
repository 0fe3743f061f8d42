package dev.longtail.exchange.importing;

import dev.longtail.exchange.exporting.PlainTrials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Trials in the layout of the released runs, all examples in an order of chance as there. */
public final class HeldoutFiles {

    private HeldoutFiles() {}

    /** Writes {@code <ratio>/<k>/aux_arrays.npz} for every trial k. */
    public static void write(Path ratio, PlainTrials trials) throws IOException {
        for (int k = 0; k < trials.trials(); k++) {
            write(ratio, trials, k);
        }
    }

    /** Writes one run; gives its file. */
    public static Path write(Path ratio, PlainTrials trials, int k) throws IOException {
        boolean[] mask = trials.mask()[k];
        long[] included = shuffled(k, mask.length, i -> mask[i]);
        long[] removed = shuffled(k, mask.length, i -> !mask[i]);
        long[] test = shuffled(k, trials.testSize(), j -> true);
        return new RunFiles()
                .with("correctness_train", at(included, trials.trainCorrect()[k]))
                .with("correctness_removed", at(removed, trials.trainCorrect()[k]))
                .with("correctness_test", at(test, trials.testCorrect()[k]))
                .with("index_train", included)
                .with("index_removed", removed)
                .with("index_test", test)
                .with("subsample_idx", shuffled(-k, mask.length, i -> mask[i]))
                .write(ratio, String.valueOf(k));
    }

    private static long[] shuffled(long seed, int size, IntPredicate chosen) {
        List<Integer> indices =
                new ArrayList<>(IntStream.range(0, size).filter(chosen).boxed().toList());
        Collections.shuffle(indices, new Random(seed));
        return indices.stream().mapToLong(Integer::longValue).toArray();
    }

    private static boolean[] at(long[] index, boolean[] correct) {
        boolean[] values = new boolean[index.length];
        for (int place = 0; place < index.length; place++) {
            values[place] = correct[(int) index[place]];
        }
        return values;
    }
}
