package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StoppingAdviceTest {

    private static final double THRESHOLD = 0.25;

    private final AnytimeBand band = AnytimeBand.atLevel(0.05);

    @Test
    void theErrorFallsWithTheRootOfTheTrials() {
        assertThat(StoppingAdvice.trialsToStandardError(500, 0.04, 0.02)).hasValue(2_000);
        assertThat(StoppingAdvice.trialsToStandardError(500, 0.01, 0.02)).hasValue(500);
        assertThat(StoppingAdvice.trialsToStandardError(0, Double.NaN, 0.02)).isEmpty();
        assertThatThrownBy(() -> StoppingAdvice.trialsToStandardError(500, 0.04, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0, found 0.0");
    }

    /** Forecast at 400 trials against the trials that a simulation then needs. */
    @Test
    void foretellsWhenEnoughExamplesAreDecided() {
        int examples = 1_500;
        double targetShare = 0.75;
        SplittableRandom random = new SplittableRandom(111);
        double[] outAccuracies = random.doubles(examples).toArray();
        int[] included = new int[examples];
        int[] includedCorrect = new int[examples];
        int[] excludedCorrect = new int[examples];
        long forecast = 0;
        int trials = 0;
        double share = 0;
        while (share < targetShare) {
            for (int i = 0; i < examples; i++) {
                if (random.nextDouble() < 0.7) {
                    included[i]++;
                    includedCorrect[i] += random.nextDouble() < 0.98 ? 1 : 0;
                } else {
                    excludedCorrect[i] += random.nextDouble() < outAccuracies[i] ? 1 : 0;
                }
            }
            trials++;
            if (trials % 20 == 0) {
                MemorizationCounts counts =
                        new MemorizationCounts(trials, included, includedCorrect, excludedCorrect);
                share = (double) band.countDecided(counts, THRESHOLD) / examples;
                if (trials == 400) {
                    forecast =
                            StoppingAdvice.trialsToDecidedShare(
                                            counts, band, THRESHOLD, targetShare, 100_000)
                                    .orElseThrow();
                }
            }
        }
        Figures.note(
                StoppingAdviceTest.class,
                "trials to %s decided: forecast at 400: %d, needed %d"
                        .formatted(targetShare, forecast, trials));
        assertThat((double) forecast / trials).isCloseTo(1, within(0.25));
        assertThat(trials).isGreaterThan(400);
    }

    @Test
    void saysNothingWhereMoreTrialsWouldNotDo() {
        // Exactly on the threshold: no number of trials decides it.
        MemorizationCounts counts =
                new MemorizationCounts(200, new int[] {100}, new int[] {75}, new int[] {50});

        assertThat(StoppingAdvice.trialsToDecidedShare(counts, band, 0.25, 1, 1_000_000)).isEmpty();
        assertThat(
                        StoppingAdvice.trialsToDecidedShare(
                                new MemorizationCounts(0, new int[1], new int[1], new int[1]),
                                band,
                                0.25,
                                1,
                                1_000_000))
                .isEmpty();
    }

    @Test
    void saysTheTrialsSoFarWhereTheTargetIsReached() {
        MemorizationCounts counts =
                new MemorizationCounts(2_000, new int[] {1_000}, new int[] {1_000}, new int[] {0});

        assertThat(StoppingAdvice.trialsToDecidedShare(counts, band, 0.25, 1, 2_000))
                .hasValue(2_000);
        assertThatThrownBy(() -> StoppingAdvice.trialsToDecidedShare(counts, band, 0.25, 0, 2_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(0, 1], found 0.0");
    }
}
