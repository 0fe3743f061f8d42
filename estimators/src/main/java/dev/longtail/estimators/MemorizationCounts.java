package dev.longtail.estimators;

import java.util.Arrays;

/**
 * Counters of many training examples from the same trials, one array per counter. The arrays are
 * not copied.
 *
 * @param trials t, the trials counted
 * @param included in(i), each in [0, trials]
 * @param includedCorrect inCorrect(i), each in [0, included]
 * @param excludedCorrect outCorrect(i), each in [0, trials - included]
 */
public record MemorizationCounts(
        long trials, int[] included, int[] includedCorrect, int[] excludedCorrect) {

    /**
     * @throws IllegalArgumentException when lengths differ or a counter is out of its range
     */
    public MemorizationCounts {
        if (included.length != includedCorrect.length
                || included.length != excludedCorrect.length) {
            throw new IllegalArgumentException(
                    "expected three counters per example, found %d, %d and %d"
                            .formatted(
                                    included.length,
                                    includedCorrect.length,
                                    excludedCorrect.length));
        }
        for (int e = 0; e < included.length; e++) {
            long excluded = trials - included[e];
            if (included[e] < 0
                    || excluded < 0
                    || includedCorrect[e] < 0
                    || includedCorrect[e] > included[e]
                    || excludedCorrect[e] < 0
                    || excludedCorrect[e] > excluded) {
                throw new IllegalArgumentException(
                        "expected includedCorrect <= included <= trials and excludedCorrect <= trials - included at position %d, found %d, %d, %d, %d"
                                .formatted(
                                        e,
                                        includedCorrect[e],
                                        included[e],
                                        trials,
                                        excludedCorrect[e]));
            }
        }
    }

    /** Number of examples. */
    public int size() {
        return included.length;
    }

    /** Trials with the example at this position included. */
    public int in(int position) {
        return included[position];
    }

    /** Those of them that were right on it. */
    public int inCorrect(int position) {
        return includedCorrect[position];
    }

    /** Trials with the example left out. */
    public long out(int position) {
        return trials - included[position];
    }

    /** Those of them that were right on it. */
    public int outCorrect(int position) {
        return excludedCorrect[position];
    }

    /** All counts of the example at this position. */
    public InOutCounts at(int position) {
        return new InOutCounts(
                in(position), inCorrect(position), out(position), outCorrect(position));
    }

    /**
     * Counters over the trials that are not in a part of them.
     *
     * @param part counters of the same examples over some of these trials
     * @throws IllegalArgumentException when the part is not one
     */
    public MemorizationCounts minus(MemorizationCounts part) {
        if (part.size() != size()) {
            throw new IllegalArgumentException(
                    "expected counters of %d examples, found %d".formatted(size(), part.size()));
        }
        return new MemorizationCounts(
                trials - part.trials,
                difference(included, part.included),
                difference(includedCorrect, part.includedCorrect),
                difference(excludedCorrect, part.excludedCorrect));
    }

    private static int[] difference(int[] all, int[] part) {
        int[] rest = new int[all.length];
        Arrays.setAll(rest, e -> all[e] - part[e]);
        return rest;
    }

    /** mem(i) of every example, in [-1, 1]; NaN where a side has no trials. */
    public double[] memorization() {
        double[] values = new double[size()];
        Arrays.setAll(values, e -> Estimate.of(at(e)).value());
        return values;
    }

    /** Plug-in standard error of every mem(i); NaN where a side has no trials. */
    public double[] standardErrors() {
        double[] errors = new double[size()];
        Arrays.setAll(errors, e -> Estimate.of(at(e)).standardError());
        return errors;
    }

    /**
     * C-score of every example at the sampled ratio: share of models right on it without having
     * trained on it, [JZTM21] equation 1 (arXiv 2002.03206).
     *
     * @return each in [0, 1]; NaN where the example was never left out
     */
    public double[] consistencyScores() {
        double[] scores = new double[size()];
        Arrays.setAll(scores, e -> at(e).outAccuracy());
        return scores;
    }
}
