package dev.longtail.estimators;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many pairs would pass the influence threshold by noise alone: the sum over pairs of {@code
 * P[Z > theta / se]}, Z standard normal, with each pair's own standard error under no influence.
 *
 * <p>Without influence both sides share the accuracy {@code q = correct(j) / t}, so {@code se(i, j)
 * = sqrt(q (1 - q)) sqrt(1/in + 1/out)} is a product of a factor of the test example and one of the
 * training example: a pair costs one multiplication and one table look-up. A test example that all
 * trials get right, or none, has no noise and contributes 0.
 *
 * <p>The normal tail is tabulated at steps of 1/{@value #STEPS} and interpolated linearly, which
 * overstates it by at most 0.004 % (of itself) up to 9 standard errors; beyond, it is taken as 0
 * (below 1.2e-19). That a correct-or-not count is not normal is the larger approximation: at p =
 * 0.7 and t >= 500 see docs/statistics.md. Safe for use by several threads.
 */
public final class ExpectedFalsePairs {

    private static final int STEPS = 512;
    private static final int LARGEST = 9;
    private static final double[] TAIL = new double[LARGEST * STEPS + 2];

    static {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (int step = 0; step < TAIL.length; step++) {
            TAIL[step] = normal.survivalProbability((double) step / STEPS);
        }
    }

    private final double threshold;

    private ExpectedFalsePairs(double threshold) {
        this.threshold = threshold;
    }

    /**
     * For pairs with an influence of at least the threshold.
     *
     * @param threshold theta, above 0 (paper: 0.15)
     * @throws IllegalArgumentException when theta is not above 0
     */
    public static ExpectedFalsePairs over(double threshold) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException(
                    "expected an influence threshold above 0, found " + threshold);
        }
        return new ExpectedFalsePairs(threshold);
    }

    /**
     * Factor of a training example.
     *
     * @param trials t
     * @param included in(i), in [0, trials]
     * @return {@code theta / sqrt(1/in + 1/out)}; NaN where a side has no trials
     */
    public double trainFactor(long trials, long included) {
        double out = (double) trials - included;
        return included == 0 || out == 0
                ? Double.NaN
                : threshold * Math.sqrt(included * out / trials);
    }

    /**
     * Factor of a test example.
     *
     * @param trials t
     * @param correct correct(j), in [0, trials]
     * @return {@code 1 / sqrt(q (1 - q))}, at least 2; infinite where all trials agree
     */
    public static double testFactor(long trials, long correct) {
        double wrong = (double) trials - correct;
        return trials / Math.sqrt(correct * wrong);
    }

    /** {@code P[Z > trainFactor * testFactor]} of one pair. */
    public static double probability(double trainFactor, double testFactor) {
        return tail(trainFactor * testFactor);
    }

    /**
     * Expected number over all pairs of some training and some test examples.
     *
     * @param trainFactors of the training examples; NaN ones (undefined influence) count as no pair
     * @param testFactors of the test examples
     */
    public static double tileSum(double[] trainFactors, double[] testFactors) {
        double sum = 0;
        for (double trainFactor : trainFactors) {
            double row = 0;
            for (double testFactor : testFactors) {
                row += tail(trainFactor * testFactor);
            }
            sum += row;
        }
        return sum;
    }

    /** P[Z > x] for x >= 0, interpolated; 0 beyond the table and for NaN. */
    static double tail(double x) {
        if (!(x < LARGEST)) {
            return 0;
        }
        double position = x * STEPS;
        int step = (int) position;
        double low = TAIL[step];
        return low + (position - step) * (TAIL[step + 1] - low);
    }
}
