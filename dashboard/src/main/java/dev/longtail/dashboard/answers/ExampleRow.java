package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.Split;

/**
 * One training example in a list.
 *
 * @param value mem(i); null where undefined
 * @param standardError of mem(i); null where undefined
 * @param cScore accuracy of the models without it; null where there are none
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
        long in,
        long inCorrect,
        long out,
        long outCorrect,
        long trials,
        double cScore,
        double largestInfluence,
        int largestInfluenceTest) {

    static ExampleRow of(Snapshot snapshot, Memorization memorization, int i, String name) {
        InOutCounts counts = memorization.counts(i);
        return new ExampleRow(
                i,
                snapshot.description().label(Split.TRAIN, i),
                name,
                memorization.value(i),
                memorization.standardError(i),
                counts.in(),
                counts.inCorrect(),
                counts.out(),
                counts.outCorrect(),
                counts.trials(),
                memorization.cScore(i),
                memorization.largestInfluence(i),
                memorization.largestInfluenceTest(i));
    }
}
