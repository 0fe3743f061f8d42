package dev.longtail.dashboard.model;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import java.util.Arrays;
import java.util.Collection;

/**
 * Memorization of all training examples at one moment, laid out by example. Immutable; computed
 * once per snapshot and shared by all viewers.
 *
 * <p>Groups may be a block apart while a refresh is under way, so the trial count is a range. An
 * example no group has spoken for yet has no trials and NaN.
 */
public final class Memorization {

    private final int[] included;
    private final int[] includedCorrect;
    private final int[] excludedCorrect;
    private final int[] trials;
    private final double[] value;
    private final double[] standardError;
    private final float[] largestInfluence;
    private final int[] largestInfluenceTest;
    private final float[] meanInfluence;
    private final long fewestTrials;
    private final long mostTrials;
    private final boolean pairsInScope;

    /**
     * @param trainSize n
     * @param groups the newest value of every group that has one
     */
    Memorization(int trainSize, Collection<GroupEstimates> groups) {
        included = new int[trainSize];
        includedCorrect = new int[trainSize];
        excludedCorrect = new int[trainSize];
        trials = new int[trainSize];
        value = new double[trainSize];
        standardError = new double[trainSize];
        largestInfluence = new float[trainSize];
        largestInfluenceTest = new int[trainSize];
        meanInfluence = new float[trainSize];
        Arrays.fill(value, Double.NaN);
        Arrays.fill(standardError, Double.NaN);
        Arrays.fill(largestInfluence, Float.NaN);
        Arrays.fill(largestInfluenceTest, -1);
        Arrays.fill(meanInfluence, Float.NaN);
        groups.forEach(this::put);
        fewestTrials = groups.stream().mapToLong(GroupEstimates::trials).min().orElse(0);
        mostTrials = groups.stream().mapToLong(GroupEstimates::trials).max().orElse(0);
        pairsInScope = groups.stream().anyMatch(g -> g.largestInfluence().length > 0);
    }

    private void put(GroupEstimates group) {
        for (int k = 0; k < group.size(); k++) {
            int i = group.examples()[k];
            Estimate estimate = group.memorization(k);
            included[i] = group.included()[k];
            includedCorrect[i] = group.includedCorrect()[k];
            excludedCorrect[i] = group.excludedCorrect()[k];
            trials[i] = Math.toIntExact(group.trials());
            value[i] = estimate.value();
            standardError[i] = estimate.standardError();
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

    /** mem(i) in [-1, 1]; NaN where undefined. */
    public double value(int i) {
        return value[i];
    }

    /** Standard error of mem(i); NaN where undefined. */
    public double standardError(int i) {
        return standardError[i];
    }

    /** Trials that example i's counters are from. */
    public int trials(int i) {
        return trials[i];
    }

    /** Counters of memorization of example i. */
    public InOutCounts counts(int i) {
        return new InOutCounts(
                included[i], includedCorrect[i], trials[i] - included[i], excludedCorrect[i]);
    }

    /** C-score of example i at the experiment's ratio: accuracy of models without it. */
    public double cScore(int i) {
        return counts(i).outAccuracy();
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

    /** Fewest trials among the groups. */
    public long fewestTrials() {
        return fewestTrials;
    }

    /** Most trials among the groups. */
    public long mostTrials() {
        return mostTrials;
    }

    /** Whether any test example is in scope, so that largest and mean influence exist. */
    public boolean hasInfluence() {
        return pairsInScope;
    }

    /** Whether no group has any trial yet. */
    public boolean isEmpty() {
        return mostTrials == 0;
    }
}
