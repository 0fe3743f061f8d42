package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class ExpectedFalsePairsTest {

    private static final double THRESHOLD = 0.15;
    private static final double INCLUSION_RATE = 0.7;

    private final ExpectedFalsePairs expected = ExpectedFalsePairs.over(THRESHOLD);
    private final SplittableRandom random = new SplittableRandom(41);

    @Test
    void theTableIsAsCloseAsStated() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (int i = 0; i < 100_000; i++) {
            double x = random.nextDouble(9);
            double exact = normal.survivalProbability(x);
            assertThat(ExpectedFalsePairs.tail(x)).isBetween(exact * (1 - 1e-12), exact * 1.00005);
        }
        assertThat(ExpectedFalsePairs.tail(0)).isEqualTo(0.5);
        assertThat(ExpectedFalsePairs.tail(9)).isZero();
        assertThat(ExpectedFalsePairs.tail(Double.POSITIVE_INFINITY)).isZero();
    }

    @Test
    void isTheSumOfThePairsOwnTails() {
        int trials = 900;
        int[] included = random.ints(20, 0, trials + 1).toArray();
        int[] correct = random.ints(30, 0, trials + 1).toArray();
        included[0] = 0;
        included[1] = trials;
        correct[0] = 0;
        correct[1] = trials;
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double sum = 0;
        double[] trainFactors = new double[included.length];
        double[] testFactors = new double[correct.length];
        for (int i = 0; i < included.length; i++) {
            trainFactors[i] = expected.trainFactor(trials, included[i]);
            for (int j = 0; j < correct.length; j++) {
                testFactors[j] = ExpectedFalsePairs.testFactor(trials, correct[j]);
                double q = (double) correct[j] / trials;
                double variance = q * (1 - q) * (1.0 / included[i] + 1.0 / (trials - included[i]));
                if (variance > 0 && Double.isFinite(variance)) {
                    sum += normal.survivalProbability(THRESHOLD / Math.sqrt(variance));
                }
            }
        }

        assertThat(ExpectedFalsePairs.tileSum(trainFactors, testFactors))
                .isCloseTo(sum, within(5e-5 * sum));
    }

    @Test
    void foretellsHowManyPairsPassByNoiseAlone() {
        int trains = 400;
        int tests = 400;
        double[] accuracies = {0.5, 0.7, 0.9};
        for (int trials : new int[] {100, 200, 500}) {
            double[] trainFactors = new double[trains];
            double[] testFactors = new double[tests];
            double passed = 0;
            double foretold = 0;
            for (int repetition = 0; repetition < 5; repetition++) {
                long[][] masks = masks(trials, trains);
                long[][] right = rightAnswers(trials, tests, accuracies);
                for (int i = 0; i < trains; i++) {
                    trainFactors[i] = expected.trainFactor(trials, count(masks[i]));
                }
                for (int j = 0; j < tests; j++) {
                    testFactors[j] = ExpectedFalsePairs.testFactor(trials, count(right[j]));
                    for (int i = 0; i < trains; i++) {
                        passed += passes(trials, masks[i], right[j]) ? 1 : 0;
                    }
                }
                foretold += ExpectedFalsePairs.tileSum(trainFactors, testFactors);
            }
            Figures.note(
                    ExpectedFalsePairsTest.class,
                    "false pairs at t = "
                            + trials
                            + ": "
                            + "expected %.0f, found %.0f".formatted(foretold, passed));
            assertThat(passed).isCloseTo(foretold, within(0.25 * foretold));
        }
    }

    @Test
    void refusesAThresholdThatHalfOfAllPairsPass() {
        assertThatThrownBy(() -> ExpectedFalsePairs.over(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0, found 0.0");
    }

    private boolean passes(int trials, long[] mask, long[] right) {
        int both = 0;
        for (int w = 0; w < mask.length; w++) {
            both += Long.bitCount(mask[w] & right[w]);
        }
        InOutCounts counts = InOutCounts.ofPair(trials, count(mask), both, count(right));
        return Estimate.of(counts).value() >= THRESHOLD;
    }

    private long[][] masks(int trials, int trains) {
        long[][] masks = new long[trains][];
        for (int i = 0; i < trains; i++) {
            masks[i] = coins(trials, INCLUSION_RATE);
        }
        return masks;
    }

    private long[][] rightAnswers(int trials, int tests, double[] accuracies) {
        long[][] right = new long[tests][];
        for (int j = 0; j < tests; j++) {
            right[j] = coins(trials, accuracies[j % accuracies.length]);
        }
        return right;
    }

    private long[] coins(int trials, double probability) {
        long[] bits = new long[(trials + 63) / 64];
        for (int k = 0; k < trials; k++) {
            if (random.nextDouble() < probability) {
                bits[k >> 6] |= 1L << k;
            }
        }
        return bits;
    }

    private static int count(long[] bits) {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }
}
