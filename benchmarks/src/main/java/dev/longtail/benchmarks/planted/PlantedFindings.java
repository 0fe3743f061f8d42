package dev.longtail.benchmarks.planted;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.InfluencePair;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the chain found of what was planted.
 *
 * @param trials trials counted
 * @param planted planted pairs with an influence of at least 0.15 after fitting
 * @param strong those of at least 0.2
 * @param strongFound those of them in the list of high-influence pairs
 * @param listed pairs in that list
 * @param listedWithout those of them without a planted influence
 * @param expectedFalse how many were to be expected by noise
 * @param confirmed confirmed pairs
 * @param confirmedWithout those of them without a planted influence: the false discoveries
 * @param strongConfirmed planted pairs of at least 0.2 that are confirmed
 * @param alpha promised false discovery rate
 */
record PlantedFindings(
        long trials,
        int planted,
        int strong,
        int strongFound,
        int listed,
        int listedWithout,
        Double expectedFalse,
        int confirmed,
        int confirmedWithout,
        int strongConfirmed,
        double alpha) {

    private static final double HIGH = 0.15;
    private static final double STRONG = 0.2;

    static PlantedFindings of(
            PlantedWorld world,
            int testSize,
            Collection<InfluencePair> pairs,
            Convergence convergence) {
        Map<Long, Double> truth = new HashMap<>();
        for (int j = 0; j < testSize; j++) {
            for (PlantedWorld.Influence influence : world.influencesOn(j)) {
                truth.put(key(influence.train(), j), influence.value());
            }
        }
        Double cutoff = convergence.getConfirmedLogEValue();
        int strongFound = 0;
        int listedWithout = 0;
        int confirmed = 0;
        int confirmedWithout = 0;
        int strongConfirmed = 0;
        for (InfluencePair pair : pairs) {
            double influence = truth.getOrDefault(key(pair.getTrain(), pair.getTest()), 0.0);
            boolean isConfirmed =
                    cutoff != null && pair.getLogEValue() != null && pair.getLogEValue() >= cutoff;
            strongFound += influence >= STRONG ? 1 : 0;
            listedWithout += influence <= 0 ? 1 : 0;
            confirmed += isConfirmed ? 1 : 0;
            confirmedWithout += isConfirmed && influence <= 0 ? 1 : 0;
            strongConfirmed += isConfirmed && influence >= STRONG ? 1 : 0;
        }
        return new PlantedFindings(
                convergence.getTrials(),
                (int) truth.values().stream().filter(value -> value >= HIGH).count(),
                (int) truth.values().stream().filter(value -> value >= STRONG).count(),
                strongFound,
                pairs.size(),
                listedWithout,
                convergence.getExpectedFalsePairs(),
                confirmed,
                confirmedWithout,
                strongConfirmed,
                convergence.getAlpha());
    }

    private static long key(int train, int test) {
        return (long) train << Integer.SIZE | test;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                from %d trials
                planted pairs of at least 0.15: %d, of at least 0.2: %d
                found of those of at least 0.2: %d (%.1f %%)
                listed by the paper's rule: %d, without any planted influence: %d (expected by noise: %.1f)
                confirmed: %d, without any planted influence: %d (%.1f %%; promised on average: at most %.0f %%)
                confirmed of those of at least 0.2: %d (%.1f %%)
                """,
                trials,
                planted,
                strong,
                strongFound,
                100.0 * strongFound / strong,
                listed,
                listedWithout,
                expectedFalse,
                confirmed,
                confirmedWithout,
                confirmed == 0 ? 0 : 100.0 * confirmedWithout / confirmed,
                100 * alpha,
                strongConfirmed,
                100.0 * strongConfirmed / strong);
    }
}
