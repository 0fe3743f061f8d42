package dev.longtail.estimators;

/**
 * Number of training examples per bin of memorization. Bins of equal width from -1 to 1; each holds
 * its lower edge, the last one also its upper edge. Undefined values are in no bin.
 */
public final class MemorizationHistogram {

    /** Bins of width 0.025, so that 0, 0.25 and all multiples of 0.05 are edges. */
    public static final int DEFAULT_BINS = 80;

    private final long[] counts;

    private MemorizationHistogram(long[] counts) {
        this.counts = counts;
    }

    /**
     * A histogram without examples.
     *
     * @param bins at least 1
     * @throws IllegalArgumentException when there is no bin
     */
    public static MemorizationHistogram empty(int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("expected at least 1 bin, found " + bins);
        }
        return new MemorizationHistogram(new long[bins]);
    }

    /** The histogram of these values with {@link #DEFAULT_BINS} bins. */
    public static MemorizationHistogram of(double[] memorization) {
        MemorizationHistogram histogram = empty(DEFAULT_BINS);
        for (double value : memorization) {
            histogram.add(value);
        }
        return histogram;
    }

    /**
     * Counts one example; NaN counts nowhere.
     *
     * @param memorization in [-1, 1] or NaN
     * @throws IllegalArgumentException when it is outside
     */
    public void add(double memorization) {
        if (!Double.isNaN(memorization)) {
            counts[bin(memorization, counts.length)]++;
        }
    }

    /**
     * Adds the examples of another histogram.
     *
     * @throws IllegalArgumentException when it has another number of bins
     */
    public void add(MemorizationHistogram other) {
        if (other.counts.length != counts.length) {
            throw new IllegalArgumentException(
                    "expected %d bins, found %d".formatted(counts.length, other.counts.length));
        }
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] += other.counts[bin];
        }
    }

    /** Number of examples per bin, a copy. */
    public long[] counts() {
        return counts.clone();
    }

    /** Lower edge of a bin; that of bin {@code bins} is 1. */
    public static double lowerEdge(int bin, int bins) {
        return (2.0 * bin - bins) / bins;
    }

    /** The bin of a value; edges are compared as computed by {@link #lowerEdge}. */
    static int bin(double memorization, int bins) {
        if (!(memorization >= -1 && memorization <= 1)) {
            throw new IllegalArgumentException(
                    "expected a memorization in [-1, 1], found " + memorization);
        }
        int bin = (int) Math.min(bins - 1, (memorization + 1) / 2 * bins);
        // The product above can round across an edge.
        if (bin + 1 < bins && memorization >= lowerEdge(bin + 1, bins)) {
            return bin + 1;
        }
        return memorization < lowerEdge(bin, bins) ? bin - 1 : bin;
    }
}
