package dev.longtail.estimators;

/**
 * A closed interval of influence or memorization values.
 *
 * @param lower lower end, in [-1, 1]; NaN where undefined
 * @param upper upper end, in [lower, 1]; NaN where undefined
 */
public record Interval(double lower, double upper) {

    /** The statement that nothing is known: [-1, 1]. */
    public static final Interval ANYTHING = new Interval(-1, 1);

    /** No statement at all. */
    public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

    /** Whether the value lies in the interval, ends included; false where undefined. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** Whether the interval lies wholly on one side of the threshold; false where undefined. */
    public boolean isDecidedAt(double threshold) {
        return lower > threshold || upper < threshold;
    }

    /** Half of the interval's width; NaN where undefined. */
    public double halfWidth() {
        return (upper - lower) / 2;
    }
}
