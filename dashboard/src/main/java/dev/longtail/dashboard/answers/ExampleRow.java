package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.Interval;
import dev.longtail.estimators.LabelAudit;
import dev.longtail.estimators.NewcombeInterval;
import dev.longtail.schemas.Split;

/**
 * One training example in a list.
 *
 * @param value mem(i); null where undefined
 * @param standardError of mem(i); null where undefined
 * @param lower end of Newcombe's 95 % interval of mem(i), which unlike the standard error does not
 *     collapse where all trials agree; null where undefined
 * @param consistencyScore accuracy of the models without it; null where there are none
 * @param suspicion by what the label audit ranks; null where undefined
 * @param largestInfluence max_j infl(i, j); null where undefined
 * @param largestInfluenceTest that j; -1 where there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExampleRow(
        int index,
        int label,
        String name,
        double value,
        double standardError,
        double lower,
        double upper,
        long in,
        long inCorrect,
        long out,
        long outCorrect,
        double consistencyScore,
        double suspicion,
        double largestInfluence,
        int largestInfluenceTest,
        double meanInfluence) {

    private static final NewcombeInterval INTERVALS = NewcombeInterval.atLevel(0.05);

    static ExampleRow of(Snapshot snapshot, int i, String name) {
        Memorization memorization = snapshot.memorization().get();
        InOutCounts counts = memorization.counts(i);
        Interval interval = INTERVALS.of(counts);
        return new ExampleRow(
                i,
                snapshot.description().label(Split.TRAIN, i),
                name,
                memorization.value(i),
                memorization.standardError(i),
                interval.lower(),
                interval.upper(),
                counts.in(),
                counts.inCorrect(),
                counts.out(),
                counts.outCorrect(),
                memorization.consistencyScore(i),
                LabelAudit.suspicion(counts),
                memorization.largestInfluence(i),
                memorization.largestInfluenceTest(i),
                memorization.meanInfluence(i));
    }
}
