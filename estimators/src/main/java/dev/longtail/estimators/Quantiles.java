package dev.longtail.estimators;

import java.util.Arrays;

/**
 * Empirical quantiles by linear interpolation between order statistics: {@code numpy.quantile}'s
 * default, definition 7 of R. J. Hyndman, Y. Fan, <i>Sample quantiles in statistical packages</i>,
 * 1996.
 */
public final class Quantiles {

    /** The probabilities reported for standard errors. */
    private static final double[] REPORTED = {0.05, 0.25, 0.5, 0.75, 0.95, 1};

    private Quantiles() {}

    /** The probabilities reported for standard errors: 0.05, 0.25, 0.5, 0.75, 0.95 and 1. */
    public static double[] reportedProbabilities() {
        return REPORTED.clone();
    }

    /**
     * Quantiles of the values that are not NaN.
     *
     * @param values any order, not changed
     * @param probabilities each in [0, 1]
     * @return one quantile per probability; empty where all values are NaN
     * @throws IllegalArgumentException when a probability is outside
     */
    public static double[] of(double[] values, double... probabilities) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return new double[0];
        }
        return Arrays.stream(probabilities).map(p -> ofSorted(sorted, p)).toArray();
    }

    private static double ofSorted(double[] sorted, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "expected a probability in [0, 1], found " + probability);
        }
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
