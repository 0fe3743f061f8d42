package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.ExpectedFalsePairs;
import java.util.HashMap;
import java.util.Map;

/**
 * Expected false pairs per training example and test group. Within a publication they depend on how
 * many trials included the training example alone, so that a few hundred sums serve all examples.
 */
final class FalsePairSums {

    private final ExpectedFalsePairs falsePairs;
    private final Map<Integer, Group> groups = new HashMap<>();
    private BlockStamp stamp;

    private record Group(double[] testFactors, Map<Long, Double> sums) {}

    FalsePairSums(double influenceThreshold) {
        this.falsePairs = ExpectedFalsePairs.over(influenceThreshold);
    }

    /**
     * The expected number of false pairs of a training example with the tests of a group.
     *
     * @param trials t of the publication
     * @param included in(i); both sides have trials
     * @param correct correct(j) of the group's test examples, the same for all its tiles
     */
    double of(BlockStamp publication, int testGroup, long trials, long included, int[] correct) {
        if (stamp == null || !stamp.isSame(publication)) {
            stamp = publication;
            groups.clear();
        }
        Group group =
                groups.computeIfAbsent(
                        testGroup, key -> new Group(factors(trials, correct), new HashMap<>()));
        return group.sums.computeIfAbsent(
                included, in -> sum(falsePairs.trainFactor(trials, in), group.testFactors));
    }

    private static double[] factors(long trials, int[] correct) {
        double[] factors = new double[correct.length];
        for (int c = 0; c < correct.length; c++) {
            factors[c] = ExpectedFalsePairs.testFactor(trials, correct[c]);
        }
        return factors;
    }

    private static double sum(double trainFactor, double[] testFactors) {
        double sum = 0;
        for (double testFactor : testFactors) {
            sum += ExpectedFalsePairs.probability(trainFactor, testFactor);
        }
        return sum;
    }
}
