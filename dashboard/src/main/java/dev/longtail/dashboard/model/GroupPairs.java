package dev.longtail.dashboard.model;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.PairBlock;
import java.util.List;

/**
 * The published pairs of one group of examples, as counters. Arrays have one entry per pair,
 * ordered by example of the group's side, then by falling influence; nobody writes to them.
 *
 * @param truncated pairs that satisfy the rule but did not fit into the record
 * @param logEValue NaN where it was not computed
 */
public record GroupPairs(
        int group,
        int groups,
        long attempt,
        long block,
        long trials,
        long truncated,
        int[] train,
        int[] test,
        int[] included,
        int[] includedCorrect,
        int[] correct,
        float[] memorization,
        float[] logEValue)
        implements GroupValue {

    /** The counters of a published block of pairs. */
    public static GroupPairs of(PairBlock block) {
        List<InfluencePair> pairs = block.getPairs();
        int size = pairs.size();
        GroupPairs group =
                new GroupPairs(
                        block.getGroup(),
                        block.getGroups(),
                        block.getAttempt(),
                        block.getBlock(),
                        block.getTrials(),
                        block.getTruncated(),
                        new int[size],
                        new int[size],
                        new int[size],
                        new int[size],
                        new int[size],
                        new float[size],
                        new float[size]);
        for (int k = 0; k < size; k++) {
            group.put(k, pairs.get(k));
        }
        return group;
    }

    private void put(int k, InfluencePair pair) {
        train[k] = pair.getTrain();
        test[k] = pair.getTest();
        included[k] = pair.getIncluded();
        includedCorrect[k] = pair.getIncludedCorrect();
        correct[k] = pair.getCorrect();
        memorization[k] = (float) pair.getMemorization();
        logEValue[k] = pair.getLogEValue() == null ? Float.NaN : pair.getLogEValue().floatValue();
    }

    /** Number of pairs. */
    public int size() {
        return train.length;
    }

    /** Influence of the k-th pair, from its counters. */
    public Estimate influence(int k) {
        return Estimate.of(InOutCounts.ofPair(trials, included[k], includedCorrect[k], correct[k]));
    }
}
