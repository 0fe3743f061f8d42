package dev.longtail.estimators;

import java.util.Arrays;

/**
 * Correlation of two estimates of the same examples. Positions where either value is NaN are left
 * out; fewer than two left, or no variation, give NaN.
 */
public final class Correlation {

    private Correlation() {}

    /**
     * Pearson's correlation, in [-1, 1].
     *
     * @param x values
     * @param y values of the same examples, same length
     * @throws IllegalArgumentException when the lengths differ
     */
    public static double pearson(double[] x, double[] y) {
        double[][] defined = definedInBoth(x, y);
        return pearsonOfDefined(defined[0], defined[1]);
    }

    /**
     * Spearman's rank correlation, in [-1, 1]: Pearson's of the ranks, equal values sharing the
     * mean of their ranks.
     *
     * @param x values
     * @param y values of the same examples, same length
     * @throws IllegalArgumentException when the lengths differ
     */
    public static double spearman(double[] x, double[] y) {
        double[][] defined = definedInBoth(x, y);
        return pearsonOfDefined(ranks(defined[0]), ranks(defined[1]));
    }

    /**
     * Ranks from 1, equal values sharing the mean of their ranks.
     *
     * @param values without NaN
     */
    static double[] ranks(double[] values) {
        double[] unsigned = Arrays.stream(values).map(v -> v + 0.0).toArray();
        double[] sorted = unsigned.clone();
        Arrays.sort(sorted);
        double[] rankOfPosition = new double[sorted.length];
        for (int first = 0, end; first < sorted.length; first = end) {
            end = first + 1;
            while (end < sorted.length && sorted[end] == sorted[first]) {
                end++;
            }
            // Ranks first + 1 to end.
            Arrays.fill(rankOfPosition, first, end, (first + 1 + end) / 2.0);
        }
        SortedPositions positions = new SortedPositions(sorted);
        double[] ranks = new double[values.length];
        Arrays.setAll(ranks, i -> rankOfPosition[positions.of(unsigned[i])]);
        return ranks;
    }

    private static double[][] definedInBoth(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "expected two values per example, found %d and %d values"
                            .formatted(x.length, y.length));
        }
        double[] left = new double[x.length];
        double[] right = new double[x.length];
        int defined = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                left[defined] = x[i];
                right[defined++] = y[i];
            }
        }
        return new double[][] {Arrays.copyOf(left, defined), Arrays.copyOf(right, defined)};
    }

    private static double pearsonOfDefined(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        if (xx == 0 || yy == 0 || x.length < 2) {
            return Double.NaN;
        }
        return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
    }
}
