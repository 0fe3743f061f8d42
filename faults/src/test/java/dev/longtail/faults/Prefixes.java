package dev.longtail.faults;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.estimators.InOutCounts;

/**
 * The counters of some examples and pairs after every number of trials, in the order of their
 * numbers. In a trials topic of one partition that order is the topic's: so every answer of a job
 * is foreseen from the number of trials it names.
 */
final class Prefixes {

    private final int[][] included;
    private final int[][] includedRight;
    private final int[][] right;

    private Prefixes(int series, int count) {
        included = new int[series][count + 1];
        includedRight = new int[series][count + 1];
        right = new int[series][count + 1];
    }

    private interface Answers {
        boolean isRight(int series, int trial);
    }

    /** Memorization of the first training examples. */
    static Prefixes ofMemorization(RandomTrials trials, int examples) {
        return of(trials, examples, (i, k) -> trials.trainCorrect.get(k)[i]);
    }

    /** Influence of the first training examples on test example {@code test}. */
    static Prefixes ofInfluenceOn(RandomTrials trials, int examples, int test) {
        return of(trials, examples, (i, k) -> trials.testCorrect.get(k)[test]);
    }

    /** Training examples whose counters are known. */
    int examples() {
        return included.length;
    }

    private static Prefixes of(RandomTrials trials, int series, Answers answers) {
        Prefixes prefixes = new Prefixes(series, trials.trials());
        for (int i = 0; i < series; i++) {
            for (int k = 0; k < trials.trials(); k++) {
                int in = trials.masks.get(k)[i] ? 1 : 0;
                int right = answers.isRight(i, k) ? 1 : 0;
                prefixes.included[i][k + 1] = prefixes.included[i][k] + in;
                prefixes.includedRight[i][k + 1] = prefixes.includedRight[i][k] + in * right;
                prefixes.right[i][k + 1] = prefixes.right[i][k] + right;
            }
        }
        return prefixes;
    }

    /** Counters of training example i after the first trials. */
    InOutCounts counts(int i, int trials) {
        int in = included[i][trials];
        int inRight = includedRight[i][trials];
        return new InOutCounts(in, inRight, trials - in, right[i][trials] - inRight);
    }
}
