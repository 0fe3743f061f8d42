package dev.longtail.aggregator.publishing;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.InfluencePair;
import java.util.Comparator;

/** Published pairs and their orders. */
final class Pairs {

    static final Comparator<InfluencePair> STRONGEST_FIRST =
            Comparator.comparingDouble(InfluencePair::getInfluence)
                    .reversed()
                    .thenComparingInt(InfluencePair::getTrain)
                    .thenComparingInt(InfluencePair::getTest);

    static final Comparator<InfluencePair> BY_TRAIN =
            Comparator.comparingInt(InfluencePair::getTrain).thenComparing(STRONGEST_FIRST);

    private Pairs() {}

    /**
     * A pair.
     *
     * @param memorization counts of the training example's memorization
     * @param influence counts of the pair
     * @param logEValue logarithm of its e-value, null where it was not computed
     */
    static InfluencePair pair(
            int train,
            int test,
            InOutCounts memorization,
            InOutCounts influence,
            Double logEValue) {
        Estimate estimate = Estimate.of(influence);
        // Not by a builder: it looks every field up, for the millions of pairs that are published.
        return new InfluencePair(
                train,
                test,
                (int) influence.in(),
                (int) influence.inCorrect(),
                (int) (influence.inCorrect() + influence.outCorrect()),
                estimate.value(),
                estimate.standardError(),
                Estimate.of(memorization).value(),
                logEValue);
    }
}
