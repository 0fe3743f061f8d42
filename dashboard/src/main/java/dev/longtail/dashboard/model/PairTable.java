package dev.longtail.dashboard.model;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.Convergence;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * All published pairs of one side, by falling influence. Immutable; computed once per snapshot.
 * Positions run from 0, the most helpful pair.
 */
public final class PairTable {

    private final long trials;
    private final long truncated;
    private final int[] train;
    private final int[] test;
    private final int[] included;
    private final int[] includedCorrect;
    private final int[] correct;
    private final float[] memorization;
    private final float[] logEValue;
    private final boolean confirmationKnown;
    private final float confirmedFrom;

    /**
     * @param groups values from the same trials
     * @param convergence all records, to find the level of confirmation of these trials
     */
    PairTable(Collection<GroupPairs> groups, List<Convergence> convergence) {
        int size = groups.stream().mapToInt(GroupPairs::size).sum();
        trials = groups.stream().mapToLong(GroupPairs::trials).max().orElse(0);
        truncated = groups.stream().mapToLong(GroupPairs::truncated).sum();
        train = new int[size];
        test = new int[size];
        included = new int[size];
        includedCorrect = new int[size];
        correct = new int[size];
        memorization = new float[size];
        logEValue = new float[size];
        fill(groups, order(groups, size));
        Convergence same = sameTrials(groups, convergence);
        confirmationKnown = same != null && same.getConfirmedPairs() != null;
        confirmedFrom =
                same == null || same.getConfirmedLogEValue() == null
                        ? Float.POSITIVE_INFINITY
                        : same.getConfirmedLogEValue().floatValue();
    }

    /** Positions in the groups' concatenation, by falling influence. */
    private static long[] order(Collection<GroupPairs> groups, int size) {
        long[] keyed = new long[size];
        int at = 0;
        for (GroupPairs group : groups) {
            for (int k = 0; k < group.size(); k++) {
                int falling = Float.floatToIntBits(2f - (float) group.influence(k).value());
                keyed[at] = (long) falling << Integer.SIZE | at;
                at++;
            }
        }
        Arrays.parallelSort(keyed);
        return keyed;
    }

    private void fill(Collection<GroupPairs> groups, long[] order) {
        int[] rank = new int[order.length];
        for (int position = 0; position < order.length; position++) {
            rank[(int) order[position]] = position;
        }
        int at = 0;
        for (GroupPairs group : groups) {
            for (int k = 0; k < group.size(); k++) {
                int position = rank[at++];
                train[position] = group.train()[k];
                test[position] = group.test()[k];
                included[position] = group.included()[k];
                includedCorrect[position] = group.includedCorrect()[k];
                correct[position] = group.correct()[k];
                memorization[position] = group.memorization()[k];
                logEValue[position] = group.logEValue()[k];
            }
        }
    }

    private static Convergence sameTrials(
            Collection<GroupPairs> groups, List<Convergence> convergence) {
        GroupPairs any = groups.stream().findAny().orElse(null);
        for (int k = convergence.size() - 1; any != null && k >= 0; k--) {
            Convergence record = convergence.get(k);
            if (record.getBlock() == any.block() && record.getAttempt() == any.attempt()) {
                return record;
            }
        }
        return null;
    }

    /** Number of pairs. */
    public int size() {
        return train.length;
    }

    /** Trials that all pairs are from. */
    public long trials() {
        return trials;
    }

    /** Pairs that satisfy the job's rule but did not fit into its records. */
    public long truncated() {
        return truncated;
    }

    /** Training example of the pair at a position. */
    public int train(int position) {
        return train[position];
    }

    /** Test example of the pair at a position. */
    public int test(int position) {
        return test[position];
    }

    /** Trials right on the pair's test example. */
    public int correct(int position) {
        return correct[position];
    }

    /** mem(i) of the pair's training example; NaN where undefined. */
    public float memorization(int position) {
        return memorization[position];
    }

    /** infl(i, j) with its error and counts. */
    public Estimate influence(int position) {
        return Estimate.of(
                InOutCounts.ofPair(
                        trials, included[position], includedCorrect[position], correct[position]));
    }

    /**
     * Whether a pair, listed or not, is confirmed by e-BH; null where the job has not said so for
     * these trials.
     */
    public Boolean confirmed(int trainExample, int testExample) {
        for (int k = 0; k < train.length; k++) {
            if (train[k] == trainExample && test[k] == testExample) {
                return confirmed(k);
            }
        }
        return confirmationKnown ? Boolean.FALSE : null;
    }

    /**
     * Whether the pair is confirmed by e-BH; null where the job has not said so for these trials.
     */
    public Boolean confirmed(int position) {
        return confirmationKnown ? logEValue[position] >= confirmedFrom : null;
    }
}
