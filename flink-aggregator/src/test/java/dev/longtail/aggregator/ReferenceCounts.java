package dev.longtail.aggregator;

/** The counters of the paper's formula, one trial after the other, one bit at a time. */
public final class ReferenceCounts {

    public final long[] included;
    public final long[] inCorrect;
    public final long[] outCorrect;
    public final long[][] pairIn;
    public final long[][] pairOut;

    public ReferenceCounts(int trainSize, int testSize) {
        included = new long[trainSize];
        inCorrect = new long[trainSize];
        outCorrect = new long[trainSize];
        pairIn = new long[trainSize][testSize];
        pairOut = new long[trainSize][testSize];
    }

    /** Counts a trial. */
    public void add(boolean[] mask, boolean[] trainCorrect, boolean[] testCorrect) {
        for (int i = 0; i < mask.length; i++) {
            included[i] += mask[i] ? 1 : 0;
            (mask[i] ? inCorrect : outCorrect)[i] += trainCorrect[i] ? 1 : 0;
            long[] pairs = (mask[i] ? pairIn : pairOut)[i];
            for (int j = 0; j < testCorrect.length; j++) {
                pairs[j] += testCorrect[j] ? 1 : 0;
            }
        }
    }
}
