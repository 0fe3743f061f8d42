package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.Interval;
import dev.longtail.estimators.NewcombeInterval;
import dev.longtail.schemas.Split;

/**
 * One train/test pair in a list.
 *
 * @param value infl(i, j); null where undefined
 * @param lower end of Newcombe's 95 % interval of infl(i, j), which unlike the standard error does
 *     not collapse where all trials agree; null where undefined
 * @param memorization mem(i) from the same trials; null where undefined
 * @param confirmed by e-BH at the job's level; null where it is not known
 * @param likeness of the pictures, see {@link PictureLikeness}; null without pictures
 * @param nearDuplicate whether they are so alike that they may be the same, see {@link
 *     NearDuplicates}; null without pictures and until it is measured what is ordinary
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PairRow(
        int train,
        int test,
        int trainLabel,
        int testLabel,
        double value,
        double standardError,
        double lower,
        double upper,
        long in,
        long inCorrect,
        long out,
        long outCorrect,
        double memorization,
        Boolean confirmed,
        double likeness,
        Boolean nearDuplicate) {

    private static final NewcombeInterval INTERVALS = NewcombeInterval.atLevel(0.05);

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
        double likeness = PictureLikeness.of(examples, train, test);
        Interval interval = INTERVALS.of(influence.counts());
        return new PairRow(
                train,
                test,
                description.label(Split.TRAIN, train),
                description.label(Split.TEST, test),
                influence.value(),
                influence.standardError(),
                interval.lower(),
                interval.upper(),
                influence.counts().in(),
                influence.counts().inCorrect(),
                influence.counts().out(),
                influence.counts().outCorrect(),
                memorization,
                confirmed,
                likeness,
                isNearDuplicate(likeness, NearDuplicates.from(description, examples)));
    }

    private static Boolean isNearDuplicate(double likeness, double from) {
        return Double.isNaN(likeness) || Double.isNaN(from) ? null : likeness >= from;
    }
}
