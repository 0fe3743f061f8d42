package dev.longtail.estimators;

/**
 * How well memorization estimates would correlate with those of an independent repetition with as
 * many trials: the correlation r between the estimates from the even and from the odd trials,
 * stepped up to the full number of trials by the Spearman-Brown formula {@code 2 r / (1 + r)}.
 */
public final class SplitHalfReliability {

    private SplitHalfReliability() {}

    /**
     * The reliability over the examples that both halves define.
     *
     * @param evenMemorization mem(i) from the even trials, NaN where undefined
     * @param oddMemorization mem(i) from the odd trials, same length
     * @return at most 1, negative where the halves contradict each other; NaN where undefined
     * @throws IllegalArgumentException when the lengths differ
     */
    public static double of(double[] evenMemorization, double[] oddMemorization) {
        return steppedUp(Correlation.pearson(evenMemorization, oddMemorization));
    }

    /**
     * The reliability from the counters over all trials and over the even ones; the odd ones are
     * the difference.
     *
     * @throws IllegalArgumentException when the even trials are not among all trials
     */
    public static double of(MemorizationCounts all, MemorizationCounts even) {
        return of(even.memorization(), all.minus(even).memorization());
    }

    /** {@code 2 r / (1 + r)}; NaN for r = -1, where it has no value. */
    static double steppedUp(double correlation) {
        return correlation == -1 ? Double.NaN : 2 * correlation / (1 + correlation);
    }
}
