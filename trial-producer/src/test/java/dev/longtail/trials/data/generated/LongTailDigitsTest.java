package dev.longtail.trials.data.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.schemas.GroundTruth;
import dev.longtail.schemas.TwinPair;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.Images;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LongTailDigitsTest {

    private static Dataset dataset;
    private static GroundTruth truth;

    @BeforeAll
    static void draw() {
        dataset = LongTailDigits.DEFAULT.draw();
        truth = dataset.groundTruth().orElseThrow();
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(LongTailDigits.DEFAULT.draw().fingerprint()).isEqualTo(dataset.fingerprint());
        assertThat(new LongTailDigits(2_000, 1_000, 16, 0.03, 50, 2).draw().fingerprint())
                .isNotEqualTo(dataset.fingerprint());
    }

    /** Workers on other JDKs must draw the same bits: seen with 17 and 25. */
    @Test
    void isTheSameOnEveryJavaPlatform() {
        assertThat(dataset.fingerprint())
                .isEqualTo("e8ff95e63ae876a9a0de563f4bef5813794753841d915c27d656f66bbd850bdf");
    }

    @Test
    void hasTheSizesAskedFor() {
        assertThat(dataset.train().size()).isEqualTo(2_000);
        assertThat(dataset.test().size()).isEqualTo(1_000);
        assertThat(dataset.classes()).isEqualTo(10);
        assertThat(truth.getFlipped()).hasSize(60).isSorted().doesNotHaveDuplicates();
        assertThat(truth.getNearDuplicates()).hasSize(50);
    }

    @Test
    void flippedLabelsAreWrongAndTheOthersRight() {
        Map<Integer, Integer> original = new HashMap<>();
        for (int k = 0; k < truth.getFlipped().size(); k++) {
            original.put(truth.getFlipped().get(k), truth.getOriginalLabels().get(k));
        }
        ExampleSet train = dataset.train();
        for (int i = 0; i < train.size(); i++) {
            int digit = drawnDigit(train, i);
            if (original.containsKey(i)) {
                assertThat(original.get(i)).isEqualTo(digit);
                assertThat(train.labels()[i]).isNotEqualTo(digit);
            } else {
                assertThat(train.labels()[i]).isEqualTo(digit);
            }
        }
    }

    @Test
    void seenOnceIsExactlyTheTailOfThePowerLaw() {
        Map<String, Long> frequency = new HashMap<>();
        for (int i = 0; i < dataset.train().size(); i++) {
            frequency.merge(dataset.train().name(i), 1L, Long::sum);
        }
        List<Integer> once =
                IntStream.range(0, dataset.train().size())
                        .filter(i -> frequency.get(dataset.train().name(i)) == 1)
                        .boxed()
                        .toList();
        assertThat(truth.getSeenOnce()).isEqualTo(once);
        assertThat(once.size()).isBetween(300, 500);
        for (int i : truth.getTypical()) {
            assertThat(dataset.train().name(i)).endsWith("style 0");
        }
        assertThat(new HashSet<>(truth.getTypical()))
                .doesNotContainAnyElementsOf(truth.getFlipped());
    }

    @Test
    void twinsAreNearerThanAnyOtherPairOfTheirTrainExample() {
        for (TwinPair pair : truth.getNearDuplicates()) {
            assertThat(truth.getSeenOnce()).contains(pair.getTrain());
            double own = distance(pair.getTrain(), pair.getTest());
            long nearer =
                    IntStream.range(0, dataset.test().size())
                            .filter(j -> j != pair.getTest() && distance(pair.getTrain(), j) < own)
                            .count();
            assertThat(nearer).as("test examples nearer to train %d", pair.getTrain()).isZero();
        }
    }

    @Test
    void frequenciesFollowThePowerLawAndAddUp() {
        for (int examples : new int[] {1, 2, 10, 200, 5_000}) {
            int[] counts = StyleFrequencies.of(examples);
            assertThat(IntStream.of(counts).sum()).isEqualTo(examples);
            for (int r = 1; r < counts.length; r++) {
                assertThat(counts[r]).isBetween(1, counts[r - 1]);
            }
        }
        assertThat(StyleFrequencies.of(200)[0]).isEqualTo(77);
        assertThat(StyleFrequencies.of(200)[1]).isEqualTo(27);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> new LongTailDigits(100, 50, 16, 0.6, 10, 1))
                .hasMessageContaining("flipped labels in [0, 0.5), found 0.6");
        assertThatThrownBy(() -> new LongTailDigits(100, 100, 16, 0.03, 90, 1).draw())
                .hasMessageContaining("as many as atypical examples, found 90");
    }

    private static int drawnDigit(ExampleSet set, int i) {
        return set.name(i).charAt("digit ".length()) - '0';
    }

    private static double distance(int train, int test) {
        float[] a = values(dataset.train().images(), train);
        float[] b = values(dataset.test().images(), test);
        return IntStream.range(0, a.length).mapToDouble(k -> (a[k] - b[k]) * (a[k] - b[k])).sum();
    }

    private static float[] values(Images images, int index) {
        float[] values = new float[images.shape().length()];
        images.copyTo(index, values, 0);
        return values;
    }
}
