package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitHalfReliabilityTest {

    @Test
    void stepsTheCorrelationUp() {
        assertThat(SplitHalfReliability.steppedUp(0.5)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(SplitHalfReliability.steppedUp(1)).isEqualTo(1);
        assertThat(SplitHalfReliability.steppedUp(-1)).isNaN();
    }

    /** Simulated: what it says is the correlation with an independent repetition. */
    @Test
    void foretellsTheCorrelationWithARepetition() {
        SplittableRandom random = new SplittableRandom(71);
        int examples = 4_000;
        double[] outAccuracies = random.doubles(examples, 0.3, 1).toArray();
        MemorizationCounts even = trials(outAccuracies, 50, random);
        MemorizationCounts odd = trials(outAccuracies, 50, random);
        MemorizationCounts all = sum(even, odd);
        MemorizationCounts repetition = trials(outAccuracies, 100, random);

        double reliability = SplitHalfReliability.of(all, even);

        assertThat(reliability)
                .isCloseTo(
                        Correlation.pearson(all.memorization(), repetition.memorization()),
                        within(0.03));
    }

    @Test
    void refusesHalvesThatAreNotPartOfTheWhole() {
        MemorizationCounts all = counts(10, 6, 5, 2);
        MemorizationCounts even = counts(5, 3, 1, 2);
        assertThatThrownBy(() -> SplitHalfReliability.of(all, counts(12, 6, 5, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SplitHalfReliability.of(all, even))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MemorizationCounts counts(
            long trials, int included, int includedCorrect, int excludedCorrect) {
        return new MemorizationCounts(
                trials,
                new int[] {included},
                new int[] {includedCorrect},
                new int[] {excludedCorrect});
    }

    private static MemorizationCounts trials(
            double[] outAccuracies, int trials, SplittableRandom random) {
        int[] included = new int[outAccuracies.length];
        int[] excludedCorrect = new int[outAccuracies.length];
        for (int i = 0; i < outAccuracies.length; i++) {
            for (int trial = 0; trial < trials; trial++) {
                if (random.nextDouble() < 0.7) {
                    included[i]++;
                } else {
                    excludedCorrect[i] += random.nextDouble() < outAccuracies[i] ? 1 : 0;
                }
            }
        }
        return new MemorizationCounts(trials, included, included.clone(), excludedCorrect);
    }

    private static MemorizationCounts sum(MemorizationCounts a, MemorizationCounts b) {
        int[] included = a.included().clone();
        int[] excludedCorrect = a.excludedCorrect().clone();
        for (int i = 0; i < included.length; i++) {
            included[i] += b.in(i);
            excludedCorrect[i] += b.outCorrect(i);
        }
        return new MemorizationCounts(
                a.trials() + b.trials(), included, included.clone(), excludedCorrect);
    }
}
