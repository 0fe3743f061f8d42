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

    static final Comparator<InfluencePair> BY_TEST =
            Comparator.comparingInt(InfluencePair::getTest).thenComparing(STRONGEST_FIRST);

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
        return InfluencePair.newBuilder()
                .setTrain(train)
                .setTest(test)
                .setIncluded((int) influence.in())
                .setIncludedCorrect((int) influence.inCorrect())
                .setCorrect((int) (influence.inCorrect() + influence.outCorrect()))
                .setInfluence(estimate.value())
                .setStandardError(estimate.standardError())
                .setMemorization(Estimate.of(memorization).value())
                .setLogEValue(logEValue)
                .build();
    }
}
