package dev.longtail.estimators;

/**
 * Evidence that the influence of one training example on one test example exceeds a threshold, as
 * an e-value: with a true influence of at most theta its mean is at most 1, at whatever number of
 * trials one stops. Large values are evidence; {@link EBenjaminiHochberg} turns those of many pairs
 * into a list with a controlled false discovery rate.
 *
 * <p>It is the least evidence against any (q1, q0) with q1 - q0 at most theta, the minimum over
 * them of M(q1) M(q0) with the beta-binomial mixtures of {@link AnytimeBand}; in logarithms. At
 * theta = 0 the minimum is at the pooled accuracy, a closed form; elsewhere a convex problem in one
 * variable whose result is never overstated. Safe for use by several threads.
 */
public final class PairEValue {

    private final double threshold;

    private PairEValue(double threshold) {
        this.threshold = threshold;
    }

    /**
     * E-values against {@code infl(i, j) <= threshold}.
     *
     * @param threshold theta, in [-1, 1), usually 0
     * @throws IllegalArgumentException when theta is out of its range
     */
    public static PairEValue against(double threshold) {
        if (!(threshold >= -1 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "expected an influence threshold in [-1, 1), found " + threshold);
        }
        return new PairEValue(threshold);
    }

    /** Natural logarithm of the e-value. */
    public double log(InOutCounts counts) {
        return log(counts.in(), counts.inCorrect(), counts.out(), counts.outCorrect());
    }

    /**
     * Natural logarithm of the e-value of these counts, which are not checked (see {@link
     * InOutCounts} for their ranges); at most 0 where the observed influence does not exceed the
     * threshold or a side has no trials.
     */
    public double log(long in, long inCorrect, long out, long outCorrect) {
        double regret =
                BetaBinomialMixture.regret(inCorrect, in)
                        + BetaBinomialMixture.regret(outCorrect, out);
        if (in == 0 || out == 0) {
            return regret;
        }
        double observed = (double) inCorrect / in - (double) outCorrect / out;
        if (observed <= threshold) {
            return regret;
        }
        if (threshold == 0) {
            double pooled = (double) (inCorrect + outCorrect) / (in + out);
            return regret
                    + BetaBinomialMixture.divergence(inCorrect, in, pooled)
                    + BetaBinomialMixture.divergence(outCorrect, out, pooled);
        }
        return regret + PairOfSides.downwards(in, inCorrect, out, outCorrect).leastCost(-threshold);
    }
}
