package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.schemas.Split;
import java.util.function.IntPredicate;

/**
 * How many training examples have which memorization.
 *
 * @param trials that the counts are from
 * @param from lower end of the first bin
 * @param to upper end of the last bin, which is closed
 * @param counts examples per bin, bins of equal width
 * @param undefined examples without a value
 * @param specimens per bin the first few examples, to show what lies there
 */
public record Histogram(
        long trials, double from, double to, long[] counts, long undefined, int[][] specimens) {

    /** Memorization lies in [-1, 1]. */
    private static final double FROM = -1;

    private static final double TO = 1;
    private static final int SPECIMENS = 3;

    /**
     * The histogram of memorization.
     *
     * @param bins number of bins over [-1, 1]
     * @param label only examples of this class; null for all
     */
    public static Histogram of(Snapshot snapshot, int bins, Integer label) {
        Memorization m = snapshot.memorization().get();
        IntPredicate wanted =
                i -> label == null || snapshot.description().label(Split.TRAIN, i) == label;
        long[] counts = new long[bins];
        int[][] specimens = new int[bins][];
        long undefined = 0;
        for (int i = 0; i < m.size(); i++) {
            if (!wanted.test(i)) {
                continue;
            }
            double value = m.value(i);
            if (Double.isNaN(value)) {
                undefined++;
            } else {
                int bin = Math.min(bins - 1, (int) ((value - FROM) / (TO - FROM) * bins));
                specimens[bin] = withSpecimen(specimens[bin], counts[bin]++, i);
            }
        }
        for (int bin = 0; bin < bins; bin++) {
            specimens[bin] = specimens[bin] == null ? new int[0] : specimens[bin];
        }
        return new Histogram(m.trials(), FROM, TO, counts, undefined, specimens);
    }

    private static int[] withSpecimen(int[] specimens, long already, int i) {
        if (already >= SPECIMENS) {
            return specimens;
        }
        int size = (int) already;
        int[] longer = new int[size + 1];
        if (size > 0) {
            System.arraycopy(specimens, 0, longer, 0, size);
        }
        longer[size] = i;
        return longer;
    }
}
