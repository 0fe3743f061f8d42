package dev.longtail.benchmarks.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Trial;
import dev.longtail.trials.sampling.SubsetSampler;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PlantedWorldTest {

    private static final int TRAIN = 30;
    private static final int TEST = 4;
    private static final int TRIALS = 20_000;

    /** Two influences on test example 0, one on 1, two on 2 that do not fit, none on 3. */
    private final PlantedPairs pairs =
            new PlantedPairs(
                    new long[] {3, 4, 5, 6, 7},
                    new long[] {0, 0, 1, 2, 2},
                    new double[] {0.4, 0.2, 0.9, 0.9, 0.6},
                    new double[] {0.8, 0.5, 1, 0.9, 0.6});

    private final PlantedWorld world =
            new PlantedWorld(
                    "planted", pairs, new SubsetSampler.FixedSize(TRAIN, 21), TRAIN, TEST, 7);

    @Test
    void trialsHaveThePlantedInfluences() {
        assertThat(influence(3, 0)).isCloseTo(0.4, within(0.03));
        assertThat(influence(4, 0)).isCloseTo(0.2, within(0.03));
        assertThat(influence(5, 1)).isCloseTo(0.9, within(0.03));
        assertThat(influence(6, 2)).isCloseTo(0.9 / 1.5, within(0.03));
        assertThat(influence(8, 3)).isCloseTo(0, within(0.03));
        assertThat(world.influencesOn(2))
                .extracting(PlantedWorld.Influence::value)
                .containsExactly(0.9 / 1.5, 0.6 / 1.5);
    }

    @Test
    void trainingExamplesAreMemorizedAsPlanted() {
        assertThat(memorization(3)).isCloseTo(0.8, within(0.02));
        assertThat(memorization(4)).isCloseTo(0.5, within(0.02));
        assertThat(memorization(5)).isEqualTo(1);
    }

    @Test
    void theSameNumberIsTheSameTrial() {
        Trial trial = world.trial(11);

        assertThat(world.trial(11)).isEqualTo(trial);
        assertThat(world.trial(12).getMask()).isNotEqualTo(trial.getMask());
        assertThat(PackedBits.count(trial.getMask().array())).isEqualTo(21);
    }

    private double influence(int train, int test) {
        return effect(train, trial -> PackedBits.get(trial.getTestCorrect().array(), test));
    }

    private double memorization(int train) {
        return effect(train, trial -> PackedBits.get(trial.getTrainCorrect().array(), train));
    }

    private double effect(int train, Predicate<Trial> isRight) {
        int in = 0;
        int inCorrect = 0;
        int correct = 0;
        for (int number = 0; number < TRIALS; number++) {
            Trial trial = world.trial(number);
            boolean included = PackedBits.get(trial.getMask().array(), train);
            boolean right = isRight.test(trial);
            in += included ? 1 : 0;
            inCorrect += included && right ? 1 : 0;
            correct += right ? 1 : 0;
        }
        return Estimate.of(InOutCounts.ofPair(TRIALS, in, inCorrect, correct)).value();
    }
}
