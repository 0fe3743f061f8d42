package dev.longtail.estimators;

/**
 * Value of a training example for the test set as a whole: the mean of its influences on the test
 * examples in scope.
 *
 * <p>Under independent inclusion with probability 1/2 it is the Data Banzhaf value in its maximum
 * sample reuse estimate, [WJ23] (arXiv 2205.15466) section 4; under another inclusion rate or
 * another sampler it is a variant weighted by that rate and must not carry the name.
 */
public final class AggregateValue {

    private AggregateValue() {}

    /**
     * What the value may be called.
     *
     * @param independentInclusion whether each example is included independently of the others
     *     (BERNOULLI sampler)
     * @param inclusionRate p, or NaN where there is none (ARBITRARY sampler)
     */
    public static String name(boolean independentInclusion, double inclusionRate) {
        if (independentInclusion && inclusionRate == 0.5) {
            return "Data Banzhaf value";
        }
        return Double.isNaN(inclusionRate)
                ? "mean influence"
                : "mean influence (at inclusion rate %s)".formatted(inclusionRate);
    }

    /**
     * Mean influence from counters: {@code (sum_j inCorrect(i,j) / in - sum_j outCorrect(i,j) /
     * out) / tests}.
     *
     * @param trials t
     * @param included in(i)
     * @param includedCorrectSum sum of inCorrect(i, j) over the test examples
     * @param correctSum sum of correct(j) over the same test examples
     * @param tests number of those test examples
     * @return in [-1, 1]; NaN where a side has no trials or there is no test example
     */
    public static double of(
            long trials, long included, long includedCorrectSum, long correctSum, long tests) {
        long excluded = trials - included;
        if (included == 0 || excluded == 0 || tests == 0) {
            return Double.NaN;
        }
        double with = (double) includedCorrectSum / included;
        double without = (double) (correctSum - includedCorrectSum) / excluded;
        return (with - without) / tests;
    }
}
