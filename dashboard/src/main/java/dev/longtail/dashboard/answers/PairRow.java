package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.estimators.Estimate;
import dev.longtail.schemas.Split;

/**
 * One train/test pair in a list.
 *
 * @param value infl(i, j); null where undefined
 * @param memorization mem(i) from the same trials; null where undefined
 * @param confirmed by e-BH at the job's level; null where it is not known
 * @param likeness of the pictures, see {@link PictureLikeness}; null without pictures
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
        double memorization,
        Boolean confirmed,
        double likeness) {

    static PairRow of(
            ExperimentDescription description, ExampleStore examples, PairTable pairs, int k) {
        return of(
                description,
                examples,
                pairs.train(k),
                pairs.test(k),
                pairs.influence(k),
                pairs.memorization(k),
                pairs.confirmed(k));
    }

    static PairRow of(
            ExperimentDescription description,
            ExampleStore examples,
            int train,
            int test,
            Estimate influence,
            double memorization,
            Boolean confirmed) {
        return new PairRow(
                train,
                test,
                description.label(Split.TRAIN, train),
                description.label(Split.TEST, test),
                influence.value(),
                influence.standardError(),
                influence.counts().in(),
                influence.counts().inCorrect(),
                influence.counts().out(),
                influence.counts().outCorrect(),
                memorization,
                confirmed,
                PictureLikeness.of(examples, train, test));
    }
}
