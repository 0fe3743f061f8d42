package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SummariesTest {

    @Test
    void countsHighInfluencePairsAsThePaperDoes() {
        int[][] pairs = {{1, 5}, {1, 6}, {2, 6}, {3, 7}, {3, 8}};
        HighInfluenceSummary.Counter first = new HighInfluenceSummary.Counter();
        HighInfluenceSummary.Counter second = new HighInfluenceSummary.Counter();
        for (int pair = 0; pair < pairs.length; pair++) {
            (pair % 2 == 0 ? first : second).add(pairs[pair][0], pairs[pair][1]);
        }
        first.add(second);

        assertThat(first.summary()).isEqualTo(new HighInfluenceSummary(5, 4, 3, 3));
        assertThat(new HighInfluenceSummary.Counter().summary())
                .isEqualTo(new HighInfluenceSummary(0, 0, 0, 0));
    }

    @Test
    void theBanzhafNameIsOnlyForItsOwnDesign() {
        assertThat(AggregateValue.name(true, 0.5)).isEqualTo("Data Banzhaf value");
        assertThat(AggregateValue.name(false, 0.5))
                .isEqualTo("mean influence (at inclusion rate 0.5)");
        assertThat(AggregateValue.name(true, 0.7))
                .isEqualTo("mean influence (at inclusion rate 0.7)");
        assertThat(AggregateValue.name(false, Double.NaN)).isEqualTo("mean influence");
    }

    @Test
    void theAggregateValueIsTheMeanInfluence() {
        SplittableRandom random = new SplittableRandom(101);
        int trials = 90;
        int included = 60;
        long bothSum = 0;
        long correctSum = 0;
        double mean = 0;
        for (int j = 0; j < 40; j++) {
            int both = random.nextInt(included + 1);
            int correct = both + random.nextInt(trials - included + 1);
            bothSum += both;
            correctSum += correct;
            mean += Estimate.of(InOutCounts.ofPair(trials, included, both, correct)).value() / 40;
        }

        assertThat(AggregateValue.of(trials, included, bothSum, correctSum, 40))
                .isCloseTo(mean, within(1e-12));
        assertThat(AggregateValue.of(trials, 0, 0, 5, 40)).isNaN();
        assertThat(AggregateValue.of(trials, trials, 5, 5, 40)).isNaN();
        assertThat(AggregateValue.of(trials, included, 0, 0, 0)).isNaN();
    }

    @Test
    void summarizesEachClassByItself() {
        MemorizationCounts counts =
                new MemorizationCounts(
                        10,
                        new int[] {5, 5, 5, 10},
                        new int[] {5, 5, 4, 9},
                        new int[] {0, 5, 3, 0});

        List<ClassMemorization> classes =
                ClassMemorization.ofAll(counts, new int[] {0, 0, 2, 2}, 3, 0.25);

        ClassMemorization zero = classes.get(0);
        assertThat(zero.examples()).isEqualTo(2);
        assertThat(zero.mean()).isEqualTo(0.5);
        assertThat(zero.memorized()).isEqualTo(1);
        assertThat(zero.quartiles()).containsExactly(0, 0.25, 0.5, 0.75, 1);
        assertThat(Arrays.stream(zero.histogram()).sum()).isEqualTo(2);
        assertThat(zero.meanConsistencyScore()).isEqualTo(0.5);
        assertThat(zero.includedAccuracy()).isEqualTo(1);
        assertThat(zero.standardErrorBound()).isZero();
        ClassMemorization one = classes.get(1);
        assertThat(one.examples()).isZero();
        assertThat(one.mean()).isNaN();
        assertThat(one.quartiles()).isEmpty();
        ClassMemorization two = classes.get(2);
        assertThat(two.examples()).isEqualTo(2);
        assertThat(two.defined()).isEqualTo(1);
        assertThat(two.mean()).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        MemorizationCounts counts = new MemorizationCounts(1, new int[2], new int[2], new int[2]);

        assertThatThrownBy(() -> ClassMemorization.ofAll(counts, new int[1], 3, 0.25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 examples, found 1");
        assertThatThrownBy(() -> ClassMemorization.ofAll(counts, new int[] {0, 3}, 3, 0.25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 3), found 3 at position 1");
    }

    @Test
    void classInfluenceIsAMeanOverPairsAndAddsUp() {
        ClassInfluence first = new ClassInfluence(2);
        ClassInfluence second = new ClassInfluence(2);
        first.add(0, 1, 0.2, 0.1);
        second.add(0, 1, 0.4, 0.3);
        second.add(0, 1, Double.NaN, Double.NaN);
        first.add(second);

        assertThat(first.mean(0, 1)).isCloseTo(0.3, within(1e-15));
        assertThat(first.standardErrorBound(0, 1)).isCloseTo(0.2, within(1e-15));
        assertThat(first.pairs(0, 1)).isEqualTo(2);
        assertThat(first.mean(1, 0)).isNaN();
        assertThatThrownBy(() -> first.add(0, 2, 0.1, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0 and 2");
    }
}
