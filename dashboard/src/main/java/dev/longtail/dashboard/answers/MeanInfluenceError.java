package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.model.TestAccuracy;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.PairScopeKind;
import dev.longtail.schemas.Split;
import java.util.stream.IntStream;

/**
 * What the standard error of an example's mean influence is at most: the influences it is the mean
 * of share their trials, and under any dependence the standard error of a mean is at most the mean
 * of the standard errors. Each of them is taken as if the example had no influence, {@code sqrt(q
 * (1 - q) (1/in + 1/out))} with q the share of trials right on the test example, since the job
 * publishes no counters of all pairs.
 */
final class MeanInfluenceError {

    private MeanInfluenceError() {}

    /**
     * The bound for training example i.
     *
     * @return NaN where a side has no trials or no test example in scope is known
     */
    static double bound(Snapshot snapshot, int i) {
        InOutCounts counts = snapshot.memorization().get().counts(i);
        TestAccuracy tests = snapshot.testAccuracy().get();
        double spread =
                IntStream.range(0, tests.correct().length)
                        .filter(j -> tests.isKnown(j) && isInScope(snapshot, i, j))
                        .mapToDouble(tests::accuracy)
                        .map(q -> Math.sqrt(q * (1 - q)))
                        .average()
                        .orElse(Double.NaN);
        return counts.isDefined()
                ? spread * Math.sqrt(1.0 / counts.in() + 1.0 / counts.out())
                : Double.NaN;
    }

    private static boolean isInScope(Snapshot snapshot, int i, int j) {
        return snapshot.job().map(JobDescription::getScope).orElse(null) != PairScopeKind.SAME_CLASS
                || snapshot.description().label(Split.TRAIN, i)
                        == snapshot.description().label(Split.TEST, j);
    }
}
