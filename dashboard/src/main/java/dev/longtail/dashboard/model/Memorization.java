package dev.longtail.dashboard.model;

import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.MemorizationCounts;
import java.util.Arrays;
import java.util.Collection;

/**
 * Memorization of all training examples from the same trials, laid out by example. Immutable;
 * computed once per snapshot and shared by all viewers. An example that no group has spoken for has
 * no trials on either side, hence undefined estimates.
 */
public final class Memorization {

    private final MemorizationCounts counts;
    private final double[] value;
    private final double[] standardError;
    private final double[] consistencyScore;
    private final float[] largestInfluence;
    private final int[] largestInfluenceTest;
    private final float[] meanInfluence;
    private final boolean pairsInScope;

    /**
     * @param trainSize n
     * @param groups values from the same trials
     */
    Memorization(int trainSize, Collection<GroupEstimates> groups) {
        long trials = groups.stream().mapToLong(GroupEstimates::trials).max().orElse(0);
        counts =
                new MemorizationCounts(
                        trials, new int[trainSize], new int[trainSize], new int[trainSize]);
        largestInfluence = new float[trainSize];
        largestInfluenceTest = new int[trainSize];
        meanInfluence = new float[trainSize];
        Arrays.fill(largestInfluence, Float.NaN);
        Arrays.fill(largestInfluenceTest, -1);
        Arrays.fill(meanInfluence, Float.NaN);
        groups.forEach(this::put);
        value = counts.memorization();
        standardError = counts.standardErrors();
        consistencyScore = counts.consistencyScores();
        pairsInScope = groups.stream().anyMatch(g -> g.largestInfluence().length > 0);
    }

    private void put(GroupEstimates group) {
        for (int k = 0; k < group.size(); k++) {
            int i = group.examples()[k];
            counts.included()[i] = group.included()[k];
            counts.includedCorrect()[i] = group.includedCorrect()[k];
            counts.excludedCorrect()[i] = group.excludedCorrect()[k];
            if (group.largestInfluence().length > 0) {
                largestInfluence[i] = group.largestInfluence()[k];
            }
            if (group.largestInfluenceTest().length > 0) {
                largestInfluenceTest[i] = group.largestInfluenceTest()[k];
            }
            if (group.meanInfluence().length > 0) {
                meanInfluence[i] = group.meanInfluence()[k];
            }
        }
    }

    /** n, the number of training examples. */
    public int size() {
        return value.length;
    }

    /** Trials that all values are from. */
    public long trials() {
        return counts.trials();
    }

    /** Counters of all examples; not to be written to. */
    public MemorizationCounts counts() {
        return counts;
    }

    /** Counters of example i. */
    public InOutCounts counts(int i) {
        return counts.at(i);
    }

    /** mem(i) of all examples, in [-1, 1], NaN where undefined; not to be written to. */
    public double[] values() {
        return value;
    }

    /** mem(i) in [-1, 1]; NaN where undefined. */
    public double value(int i) {
        return value[i];
    }

    /** Standard error of mem(i); NaN where undefined. */
    public double standardError(int i) {
        return standardError[i];
    }

    /** C-score of example i at the experiment's ratio: accuracy of the models without it. */
    public double consistencyScore(int i) {
        return consistencyScore[i];
    }

    /** max_j infl(i, j) over the test examples in scope; NaN where undefined. */
    public float largestInfluence(int i) {
        return largestInfluence[i];
    }

    /** The test example of {@link #largestInfluence}; -1 where there is none. */
    public int largestInfluenceTest(int i) {
        return largestInfluenceTest[i];
    }

    /** Mean of infl(i, j) over the test examples in scope; NaN where undefined. */
    public float meanInfluence(int i) {
        return meanInfluence[i];
    }

    /** Whether any test example is in scope, so that largest and mean influence exist. */
    public boolean hasInfluence() {
        return pairsInScope;
    }
}
