package dev.longtail.estimators;

import java.util.Arrays;

/**
 * How many pairs have how large an e-value, in a form that can be added up over the parts of a
 * distributed job: logarithms rounded DOWN to multiples of 1/{@value #BINS_PER_UNIT}, so that what
 * follows from it never overstates the evidence (it costs at most 3.1 % of an e-value).
 *
 * <p>Only logarithms from 0 to {@value #TOP} matter: smaller ones confirm nothing at any level, and
 * those above confirm on their own whenever {@code N / alpha < e^48 = 7e20}, so larger ones are
 * counted at the top.
 */
public final class LogEValueHistogram {

    /** Bins per unit of the natural logarithm. */
    public static final int BINS_PER_UNIT = 32;

    private static final int TOP = 48;

    /** Number of bins; bin b holds the logarithms from b/32 to below (b + 1)/32. */
    public static final int BINS = TOP * BINS_PER_UNIT + 1;

    private final long[] counts;

    private LogEValueHistogram(long[] counts) {
        this.counts = counts;
    }

    /** A histogram without pairs. */
    public static LogEValueHistogram empty() {
        return new LogEValueHistogram(new long[BINS]);
    }

    /**
     * A histogram from the counts of another one, for example out of a message.
     *
     * @param counts {@link #BINS} counts, copied
     * @throws IllegalArgumentException when there are more or fewer
     */
    public static LogEValueHistogram of(long[] counts) {
        if (counts.length != BINS) {
            throw new IllegalArgumentException(
                    "expected %d bins, found %d".formatted(BINS, counts.length));
        }
        return new LogEValueHistogram(counts.clone());
    }

    /** Counts one pair; logarithms below 0 are of no consequence and not kept. */
    public void add(double logEValue) {
        if (logEValue >= 0) {
            counts[(int) (Math.min(logEValue, TOP) * BINS_PER_UNIT)]++;
        }
    }

    /** Adds the pairs of another part. */
    public void add(LogEValueHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
    }

    /** The counts per bin, a copy of length {@link #BINS}. */
    public long[] counts() {
        return counts.clone();
    }

    /** Pairs with a logarithm of at least 0. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Smallest logarithm of a bin: what every pair in it is taken to have. */
    static double lowerEdge(int bin) {
        return (double) bin / BINS_PER_UNIT;
    }

    long count(int bin) {
        return counts[bin];
    }
}
