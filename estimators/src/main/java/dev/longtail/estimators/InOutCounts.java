package dev.longtail.estimators;

/**
 * Counters of one estimate: how often a model was right with the training example in its training
 * set, and how often without.
 *
 * <p>For memorization of i: right on i itself. For influence of i on j: right on test example j.
 * All are sums over trials, so any order and any partitioning of the trials gives the same counts.
 *
 * @param in trials with the training example included; at least 0
 * @param inCorrect those of them that were right; in [0, in]
 * @param out trials with the training example left out; at least 0
 * @param outCorrect those of them that were right; in [0, out]
 */
public record InOutCounts(long in, long inCorrect, long out, long outCorrect) {

    /**
     * @throws IllegalArgumentException when a count is out of its range
     */
    public InOutCounts {
        if (in < 0 || inCorrect < 0 || inCorrect > in) {
            throw new IllegalArgumentException(
                    "expected 0 <= inCorrect <= in, found inCorrect %d, in %d"
                            .formatted(inCorrect, in));
        }
        if (out < 0 || outCorrect < 0 || outCorrect > out) {
            throw new IllegalArgumentException(
                    "expected 0 <= outCorrect <= out, found outCorrect %d, out %d"
                            .formatted(outCorrect, out));
        }
    }

    /**
     * Counts of a pair from the stored counter and the marginals.
     *
     * @param trials t
     * @param included in(i)
     * @param includedCorrect inCorrect(i, j)
     * @param correct correct(j)
     */
    public static InOutCounts ofPair(
            long trials, long included, long includedCorrect, long correct) {
        return new InOutCounts(
                included, includedCorrect, trials - included, correct - includedCorrect);
    }

    /** t = in + out, the number of trials the counts are from. */
    public long trials() {
        return in + out;
    }

    /** Whether both sides have trials; otherwise the estimate is undefined. */
    public boolean isDefined() {
        return in > 0 && out > 0;
    }

    /** Share of right models with the example included; NaN where there is no such trial. */
    public double inAccuracy() {
        return in == 0 ? Double.NaN : (double) inCorrect / in;
    }

    /** Share of right models with the example left out; NaN where there is no such trial. */
    public double outAccuracy() {
        return out == 0 ? Double.NaN : (double) outCorrect / out;
    }
}
