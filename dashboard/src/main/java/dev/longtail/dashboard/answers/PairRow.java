package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.model.GroupPairs;
import dev.longtail.estimators.Estimate;
import dev.longtail.schemas.Split;

/**
 * One train/test pair in a list.
 *
 * @param value infl(i, j)
 * @param memorization mem(i) from the same trials; null where undefined
 * @param confirmed by e-BH at the job's level; null where it is not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PairRow(
        int train,
        int test,
        int trainLabel,
        int testLabel,
        double value,
        double standardError,
        long in,
        long inCorrect,
        long out,
        long outCorrect,
        long trials,
        double memorization,
        Boolean confirmed) {

    static PairRow of(
            ExperimentDescription description, GroupPairs pairs, int k, Boolean confirmed) {
        Estimate influence = pairs.influence(k);
        return new PairRow(
                pairs.train()[k],
                pairs.test()[k],
                description.label(Split.TRAIN, pairs.train()[k]),
                description.label(Split.TEST, pairs.test()[k]),
                influence.value(),
                influence.standardError(),
                influence.counts().in(),
                influence.counts().inCorrect(),
                influence.counts().out(),
                influence.counts().outCorrect(),
                pairs.trials(),
                pairs.memorization()[k],
                confirmed);
    }
}
