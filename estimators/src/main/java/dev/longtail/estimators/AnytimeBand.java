package dev.longtail.estimators;

/**
 * Band for a memorization or influence value that holds at ALL numbers of trials at once: with
 * probability at least {@code 1 - alpha} the true value (infl_m) lies in it at every look, however
 * often one looks and whenever one stops.
 *
 * <p>Exact, without large-sample assumption: each side is a Bernoulli sample, the product of both
 * sides' beta-binomial mixtures is a martingale with mean 1 at the true accuracies, and by Ville's
 * inequality it exceeds 1/alpha ever with probability at most alpha. The accuracies it does not
 * exclude, {@code log M(q1) + log M(q0) < log(1/alpha)}, form a convex region; the band is the
 * range of q1 - q0 over it. Holds when every trial is counted, in order of arrival, whatever its
 * outcome; it is void where trials are left out by their outcome (converged-only).
 *
 * <p>Each band is for one value: that all of many bands hold at once is a stronger statement, for
 * which alpha must be divided by their number. About a microsecond per band; {@link #isDecided} is
 * several times cheaper. Safe for use by several threads.
 */
public final class AnytimeBand {

    private final double alpha;
    private final double logThreshold;

    private AnytimeBand(double alpha) {
        this.alpha = alpha;
        this.logThreshold = -Math.log(alpha);
    }

    /**
     * Bands that ever miss the true value with probability of at most {@code alpha}.
     *
     * @param alpha in (0, 1), for example 0.05
     * @throws IllegalArgumentException when alpha is out of its range
     */
    public static AnytimeBand atLevel(double alpha) {
        return new AnytimeBand(ErrorLevel.require(alpha));
    }

    /** The error level. */
    public double alpha() {
        return alpha;
    }

    /** The band; {@link Interval#ANYTHING} where a side has no trials. */
    public Interval of(InOutCounts counts) {
        return of(counts.in(), counts.inCorrect(), counts.out(), counts.outCorrect());
    }

    /**
     * The band of these counts, which are not checked (see {@link InOutCounts} for their ranges).
     *
     * @return the band; {@link Interval#ANYTHING} where a side has no trials
     */
    public Interval of(long in, long inCorrect, long out, long outCorrect) {
        if (in == 0 || out == 0) {
            return Interval.ANYTHING;
        }
        double budget = budget(in, inCorrect, out, outCorrect);
        double lower = -PairOfSides.downwards(in, inCorrect, out, outCorrect).farthest(budget);
        double upper = PairOfSides.upwards(in, inCorrect, out, outCorrect).farthest(budget);
        return new Interval(lower, upper);
    }

    /**
     * Whether the band lies wholly on one side of the threshold, without computing the band.
     *
     * @param in trials with the example; the counts are not checked
     * @param threshold theta
     * @return false where a side has no trials
     */
    public boolean isDecided(long in, long inCorrect, long out, long outCorrect, double threshold) {
        if (in == 0 || out == 0) {
            return false;
        }
        double observed = (double) inCorrect / in - (double) outCorrect / out;
        double budget = budget(in, inCorrect, out, outCorrect);
        if (threshold > observed) {
            return PairOfSides.upwards(in, inCorrect, out, outCorrect)
                    .costsAtLeast(threshold, budget);
        }
        return threshold < observed
                && PairOfSides.downwards(in, inCorrect, out, outCorrect)
                        .costsAtLeast(-threshold, budget);
    }

    /** As {@link #isDecided(long, long, long, long, double)}. */
    public boolean isDecided(InOutCounts counts, double threshold) {
        return isDecided(
                counts.in(), counts.inCorrect(), counts.out(), counts.outCorrect(), threshold);
    }

    /**
     * The bands of many training examples, for example a million at every refresh.
     *
     * @param counts the examples' counters
     * @param lower receives the lower ends, length of counts
     * @param upper receives the upper ends, length of counts
     */
    public void ofAll(MemorizationCounts counts, double[] lower, double[] upper) {
        for (int e = 0; e < counts.size(); e++) {
            Interval band =
                    of(counts.in(e), counts.inCorrect(e), counts.out(e), counts.outCorrect(e));
            lower[e] = band.lower();
            upper[e] = band.upper();
        }
    }

    /** How many of the examples are decided at the threshold. */
    public long countDecided(MemorizationCounts counts, double threshold) {
        long decided = 0;
        for (int e = 0; e < counts.size(); e++) {
            if (isDecided(
                    counts.in(e),
                    counts.inCorrect(e),
                    counts.out(e),
                    counts.outCorrect(e),
                    threshold)) {
                decided++;
            }
        }
        return decided;
    }

    /** How much divergence from the observed accuracies the region allows; above 0. */
    private double budget(long in, long inCorrect, long out, long outCorrect) {
        return logThreshold
                - BetaBinomialMixture.regret(inCorrect, in)
                - BetaBinomialMixture.regret(outCorrect, out);
    }
}
