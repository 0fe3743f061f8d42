package dev.longtail.estimators;

import java.util.Arrays;

/**
 * Values of examples that are correlated by rank with several others: their ranks, which cost a
 * sort, are made once, unless values are missing. Not safe for use by several threads.
 */
public final class RankedValues {

    private final double[] values;
    private final boolean isComplete;
    private double[] ranks;

    /**
     * Values to be ranked.
     *
     * @param values one per example, NaN where it has none; not copied
     */
    public RankedValues(double[] values) {
        this.values = values;
        this.isComplete = Arrays.stream(values).noneMatch(Double::isNaN);
    }

    /**
     * {@link Correlation#spearman} with other values, in [-1, 1]; NaN where it is undefined.
     *
     * @param other values of the same examples, same length
     * @throws IllegalArgumentException when the lengths differ
     */
    public double spearman(RankedValues other) {
        return isComplete && other.isComplete
                ? Correlation.pearson(ranks(), other.ranks())
                : Correlation.spearman(values, other.values);
    }

    private double[] ranks() {
        if (ranks == null) {
            ranks = Correlation.ranks(values);
        }
        return ranks;
    }
}
