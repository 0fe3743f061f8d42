package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Confirmed pairs in a world whose influences are known, watched all the time and stopped when it
 * looks best.
 *
 * <p>Each test example is right with probability {@code base + sum of weights of its included
 * training examples}; inclusion is independent, so the influence of i on j is exactly its weight.
 * One random number per trial decides all test examples: the pairs are as dependent as can be.
 */
class FalseDiscoveryTest {

    private static final double ALPHA = 0.05;
    private static final double INCLUSION_RATE = 0.7;
    private static final int TRAINS = 50;
    private static final int TESTS = 60;
    private static final int TRIALS = 1_500;
    private static final int LOOK_EVERY = 50;
    private static final int WORLDS = 60;
    private static final double[] WEIGHTS = {0.4, 0.3, 0.2, 0.1, 0.05, -0.2};

    /** What one look at one world finds. */
    private record Look(long confirmed, long falseOnes, double power) {

        double falseShare() {
            return confirmed == 0 ? 0 : (double) falseOnes / confirmed;
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.8", "0.1, 0.6"})
    void theShareOfFalseOnesStaysBelowItsLevelWheneverOneStops(
            double threshold, double leastPower) {
        SplittableRandom random = new SplittableRandom(51);
        double atMost = 0;
        double atFirst = 0;
        double powerAtEnd = 0;
        for (int world = 0; world < WORLDS; world++) {
            Look[] looks = watch(random.split(), threshold);
            Look most = looks[0];
            Look first = looks[looks.length - 1];
            for (int look = looks.length - 1; look >= 0; look--) {
                most = looks[look].falseShare() > most.falseShare() ? looks[look] : most;
                first = looks[look].confirmed() > 0 ? looks[look] : first;
            }
            atMost += most.falseShare() / WORLDS;
            atFirst += first.falseShare() / WORLDS;
            powerAtEnd += looks[looks.length - 1].power() / WORLDS;
        }
        Figures.note(
                FalseDiscoveryTest.class,
                "influence > "
                        + threshold
                        + ": "
                        + "false share at the worst look %.4f, at the first confirmation %.4f, power over the pairs at least 0.2 above %.3f"
                                .formatted(atMost, atFirst, powerAtEnd));
        assertThat(atFirst).isLessThanOrEqualTo(ALPHA);
        // Stronger than what is promised: no stopping rule can see the worst look.
        assertThat(atMost).isLessThanOrEqualTo(ALPHA);
        assertThat(powerAtEnd).isGreaterThanOrEqualTo(leastPower);
    }

    private static Look[] watch(SplittableRandom random, double threshold) {
        double[][] weights = new double[TRAINS][TESTS];
        double[] base = new double[TESTS];
        for (int j = 0; j < TESTS; j++) {
            base[j] = 0.25 + random.nextDouble(0.2);
            weights[random.nextInt(TRAINS)][j] = WEIGHTS[j % WEIGHTS.length];
        }
        int[] included = new int[TRAINS];
        int[] correct = new int[TESTS];
        int[][] both = new int[TRAINS][TESTS];
        Look[] looks = new Look[TRIALS / LOOK_EVERY];
        for (int trial = 1; trial <= TRIALS; trial++) {
            count(random, weights, base, included, correct, both);
            if (trial % LOOK_EVERY == 0) {
                looks[trial / LOOK_EVERY - 1] =
                        look(trial, threshold, weights, included, correct, both);
            }
        }
        return looks;
    }

    private static void count(
            SplittableRandom random,
            double[][] weights,
            double[] base,
            int[] included,
            int[] correct,
            int[][] both) {
        boolean[] mask = new boolean[TRAINS];
        double[] chance = base.clone();
        for (int i = 0; i < TRAINS; i++) {
            mask[i] = random.nextDouble() < INCLUSION_RATE;
            if (mask[i]) {
                included[i]++;
                for (int j = 0; j < TESTS; j++) {
                    chance[j] += weights[i][j];
                }
            }
        }
        double common = random.nextDouble();
        for (int j = 0; j < TESTS; j++) {
            if (common < chance[j]) {
                correct[j]++;
                for (int i = 0; i < TRAINS; i++) {
                    both[i][j] += mask[i] ? 1 : 0;
                }
            }
        }
    }

    private static Look look(
            int trials,
            double threshold,
            double[][] weights,
            int[] included,
            int[] correct,
            int[][] both) {
        PairEValue against = PairEValue.against(threshold);
        double[] logEValues = new double[TRAINS * TESTS];
        for (int i = 0; i < TRAINS; i++) {
            for (int j = 0; j < TESTS; j++) {
                logEValues[i * TESTS + j] =
                        against.log(
                                included[i],
                                both[i][j],
                                trials - included[i],
                                correct[j] - both[i][j]);
            }
        }
        EBenjaminiHochberg.Confirmation confirmed =
                new EBenjaminiHochberg(logEValues.length, ALPHA).confirm(logEValues);
        long falseOnes = 0;
        long strong = 0;
        long strongFound = 0;
        for (int pair = 0; pair < logEValues.length; pair++) {
            double influence = weights[pair / TESTS][pair % TESTS];
            boolean found = confirmed.includes(logEValues[pair]);
            falseOnes += found && influence <= threshold ? 1 : 0;
            strong += influence >= threshold + 0.2 - 1e-9 ? 1 : 0;
            strongFound += found && influence >= threshold + 0.2 - 1e-9 ? 1 : 0;
        }
        return new Look(confirmed.pairs(), falseOnes, (double) strongFound / strong);
    }
}
