package dev.longtail.estimators;

/**
 * A memorization or influence estimate with its uncertainty at the current number of trials: [FZ20]
 * Algorithm 1.
 *
 * @param value difference of the accuracies with and without the training example, in [-1, 1]; NaN
 *     where a side has no trials
 * @param standardError plug-in standard error {@code sqrt(q1 (1 - q1) / in + q0 (1 - q0) / out)};
 *     NaN where the value is. It is 0 where both accuracies are 0 or 1, which does not mean
 *     certainty: see the intervals for that
 * @param counts the counts it is from
 */
public record Estimate(double value, double standardError, InOutCounts counts) {

    /** The estimate that follows from the counts. */
    public static Estimate of(InOutCounts counts) {
        double q1 = counts.inAccuracy();
        double q0 = counts.outAccuracy();
        double variance = q1 * (1 - q1) / counts.in() + q0 * (1 - q0) / counts.out();
        return counts.isDefined()
                ? new Estimate(q1 - q0, Math.sqrt(variance), counts)
                : new Estimate(Double.NaN, Double.NaN, counts);
    }

    /** Whether both sides have trials. */
    public boolean isDefined() {
        return counts.isDefined();
    }
}
