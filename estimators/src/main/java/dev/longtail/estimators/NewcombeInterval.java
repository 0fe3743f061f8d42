package dev.longtail.estimators;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Newcombe's hybrid-score interval for a difference of two accuracies, for ONE number of trials
 * that was fixed before looking. Who watches and stops needs {@link AnytimeBand} instead.
 *
 * <p>Unlike {@code value ± 1.96 standard errors} it does not collapse to a point where an accuracy
 * is 0 or 1. Source: R. G. Newcombe, <i>Interval estimation for the difference between independent
 * proportions: comparison of eleven methods</i>, Statistics in Medicine 17 (1998), method 10, with
 * Wilson's score limits of each side.
 */
public final class NewcombeInterval {

    private final double z;

    private NewcombeInterval(double z) {
        this.z = z;
    }

    /**
     * Intervals that miss the true value with probability of about {@code alpha}.
     *
     * @param alpha in (0, 1), for example 0.05
     * @throws IllegalArgumentException when alpha is out of its range
     */
    public static NewcombeInterval atLevel(double alpha) {
        ErrorLevel.require(alpha);
        return new NewcombeInterval(
                NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha / 2));
    }

    /** The interval; undefined where a side has no trials. */
    public Interval of(InOutCounts counts) {
        if (!counts.isDefined()) {
            return Interval.UNDEFINED;
        }
        double q1 = counts.inAccuracy();
        double q0 = counts.outAccuracy();
        Interval with = wilson(counts.inCorrect(), counts.in());
        Interval without = wilson(counts.outCorrect(), counts.out());
        double below = Math.hypot(q1 - with.lower(), without.upper() - q0);
        double above = Math.hypot(with.upper() - q1, q0 - without.lower());
        return new Interval(Math.max(-1, q1 - q0 - below), Math.min(1, q1 - q0 + above));
    }

    /** Wilson's score limits of one accuracy, in [0, 1]. */
    private Interval wilson(long correct, long trials) {
        double wrong = (double) trials - correct;
        double root = Math.sqrt(z * z + 4 * correct * wrong / trials);
        double denominator = 2 * (trials + z * z);
        double centre = 2.0 * correct + z * z;
        // At 0 and at all correct one limit is exactly 0 or 1, which rounding must not move.
        double lower = correct == 0 ? 0 : (centre - z * root) / denominator;
        double upper = wrong == 0 ? 1 : (centre + z * root) / denominator;
        return new Interval(lower, upper);
    }
}
