package dev.longtail.dashboard.model;

import java.util.Arrays;

/**
 * How often trials were right on each test example, as far as the published pairs tell: every test
 * example in scope has some.
 *
 * @param trials that the counts are from
 * @param correct trials right on each test example; {@link #UNKNOWN} where no pair tells
 */
public record TestAccuracy(long trials, int[] correct) {

    /** Marks a test example outside the job's scope. */
    public static final int UNKNOWN = -1;

    static TestAccuracy of(PairTable testPairs, int testSize) {
        int[] correct = new int[testSize];
        Arrays.fill(correct, UNKNOWN);
        for (int k = 0; k < testPairs.size(); k++) {
            correct[testPairs.test(k)] = testPairs.correct(k);
        }
        return new TestAccuracy(testPairs.trials(), correct);
    }

    /** Whether the accuracy on a test example is known. */
    public boolean isKnown(int test) {
        return correct[test] != UNKNOWN && trials > 0;
    }

    /** Share of trials right on a test example; NaN where unknown. */
    public double accuracy(int test) {
        return isKnown(test) ? (double) correct[test] / trials : Double.NaN;
    }
}
