package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.model.TestAccuracy;
import dev.longtail.estimators.ExpectedFalsePairs;
import dev.longtail.schemas.PairScopeKind;
import dev.longtail.schemas.Split;
import java.util.HashMap;
import java.util.Map;

/**
 * How many pairs noise alone would lift over both thresholds. Pairs with the same counts have the
 * same probability, so it is computed per distinct count, not per pair.
 */
final class FalsePairs {

    /** One class of examples; all in one where every pair is in scope. */
    private static final int ALL = -1;

    private FalsePairs() {}

    /**
     * Expected number over the pairs in scope of training examples that the query accepts.
     *
     * @return null where no pair is in scope or the threshold is not above 0
     */
    static Double expected(Snapshot snapshot, PairQuery query) {
        TestAccuracy tests = snapshot.testAccuracy().get();
        if (tests.trials() == 0 || !(query.from() > 0)) {
            return null;
        }
        boolean sameClass =
                snapshot.job().map(job -> job.getScope() == PairScopeKind.SAME_CLASS).orElse(false);
        var trainFactors = trainFactors(snapshot, query, sameClass);
        var testFactors = testFactors(snapshot, tests, sameClass);
        double sum = 0;
        for (var ofClass : trainFactors.entrySet()) {
            for (var test : testFactors.getOrDefault(ofClass.getKey(), Map.of()).entrySet()) {
                for (var train : ofClass.getValue().entrySet()) {
                    sum +=
                            (double) train.getValue()
                                    * test.getValue()
                                    * ExpectedFalsePairs.probability(train.getKey(), test.getKey());
                }
            }
        }
        return sum;
    }

    private static Map<Integer, Map<Double, Integer>> trainFactors(
            Snapshot snapshot, PairQuery query, boolean sameClass) {
        Memorization m = snapshot.memorization().get();
        ExpectedFalsePairs over = ExpectedFalsePairs.over(query.from());
        Map<Integer, Map<Double, Integer>> factors = new HashMap<>();
        for (int i = 0; i < m.size(); i++) {
            int label = snapshot.description().label(Split.TRAIN, i);
            if (m.value(i) >= query.memorization()
                    && (query.label() == null || query.label() == label)) {
                double factor = over.trainFactor(m.trials(), m.counts().in(i));
                factors.computeIfAbsent(sameClass ? label : ALL, c -> new HashMap<>())
                        .merge(factor, 1, Integer::sum);
            }
        }
        return factors;
    }

    private static Map<Integer, Map<Double, Integer>> testFactors(
            Snapshot snapshot, TestAccuracy tests, boolean sameClass) {
        Map<Integer, Map<Double, Integer>> factors = new HashMap<>();
        for (int j = 0; j < tests.correct().length; j++) {
            if (tests.isKnown(j)) {
                int label = snapshot.description().label(Split.TEST, j);
                double factor = ExpectedFalsePairs.testFactor(tests.trials(), tests.correct()[j]);
                factors.computeIfAbsent(sameClass ? label : ALL, c -> new HashMap<>())
                        .merge(factor, 1, Integer::sum);
            }
        }
        return factors;
    }
}
