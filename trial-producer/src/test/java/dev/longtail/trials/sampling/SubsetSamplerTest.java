package dev.longtail.trials.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.schemas.SamplerKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubsetSamplerTest {

    private static final int DRAWS = 20_000;

    @Property(tries = 200)
    void fixedSizeDrawsExactlyThatManyDifferentExamples(
            @ForAll @IntRange(min = 1, max = 300) int n,
            @ForAll @IntRange(min = 0, max = 299) int less,
            @ForAll long seed) {
        int m = Math.max(1, n - less);
        int[] drawn = new SubsetSampler.FixedSize(n, m).draw(TrialSeeds.of(seed, 0));
        assertThat(drawn).hasSize(m).isSorted().doesNotHaveDuplicates();
        assertThat(drawn[0]).isNotNegative();
        assertThat(drawn[m - 1]).isLessThan(n);
    }

    /** Singles at m/n, pairs at m(m-1)/(n(n-1)), each within five standard errors. */
    @Test
    void fixedSizeIsUniformOverExamplesAndPairs() {
        int n = 10;
        int m = 7;
        int[][] together = count(new SubsetSampler.FixedSize(n, m), n);
        assertRates(together, n, (double) m / n, (double) m * (m - 1) / (n * (n - 1)));
    }

    @Test
    void bernoulliIncludesIndependently() {
        int n = 10;
        double p = 0.3;
        int[][] together = count(new SubsetSampler.Bernoulli(n, p), n);
        double nonEmpty = 1 - Math.pow(1 - p, n);
        assertRates(together, n, p / nonEmpty, p * p / nonEmpty);
    }

    @Test
    void bernoulliNeverTrainsOnNothing() {
        SubsetSampler sampler = new SubsetSampler.Bernoulli(3, 0.01);
        for (int k = 0; k < 200; k++) {
            assertThat(sampler.draw(TrialSeeds.of(1, k))).isNotEmpty();
        }
    }

    @Test
    void describesItselfToConsumers() {
        assertThat(new SubsetSampler.FixedSize(10, 7).describe())
                .satisfies(
                        s -> {
                            assertThat(s.getKind()).isEqualTo(SamplerKind.FIXED_SIZE);
                            assertThat(s.getSubsetSize()).isEqualTo(7);
                            assertThat(s.getInclusionProbability()).isNull();
                        });
        assertThat(new SubsetSampler.Bernoulli(10, 0.5).describe())
                .satisfies(
                        s -> {
                            assertThat(s.getKind()).isEqualTo(SamplerKind.BERNOULLI);
                            assertThat(s.getSubsetSize()).isNull();
                            assertThat(s.getInclusionProbability()).isEqualTo(0.5);
                        });
    }

    @Test
    void neverIncludesExcludedExamples() {
        int[] allowed = {1, 4, 5, 9};
        SubsetSampler sampler = new SubsetSampler.Among(allowed, new SubsetSampler.FixedSize(4, 3));
        for (int k = 0; k < 100; k++) {
            assertThat(sampler.draw(TrialSeeds.of(1, k)))
                    .hasSize(3)
                    .isSorted()
                    .doesNotContain(0, 2, 3, 6, 7, 8)
                    .doesNotHaveDuplicates();
        }
        assertThat(sampler.describe().getSubsetSize()).isEqualTo(3);
    }

    @Test
    void takesGivenMasksByTrialNumber() {
        SubsetSampler sampler = new SubsetSampler.Given(3, new byte[] {1, 0, 1, 0, 1, 0, 0, 0, 0});
        assertThat(sampler.draw(TrialSeeds.of(1, 0))).containsExactly(0, 2);
        assertThat(sampler.draw(TrialSeeds.of(2, 1))).containsExactly(1);
        assertThat(sampler.describe().getKind()).isEqualTo(SamplerKind.ARBITRARY);
        assertThatThrownBy(() -> sampler.draw(TrialSeeds.of(1, 2)))
                .hasMessageContaining("found none in the mask of trial 2");
        assertThatThrownBy(() -> sampler.draw(TrialSeeds.of(1, 3)))
                .hasMessageContaining("number of masks 3, found trial 3");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> new SubsetSampler.FixedSize(5, 6))
                .hasMessage("expected a subset of 1 to 5 examples, found 6");
        assertThatThrownBy(() -> new SubsetSampler.Bernoulli(5, 1))
                .hasMessage("expected an inclusion probability in (0, 1), found 1.0");
    }

    private static int[][] count(SubsetSampler sampler, int n) {
        int[][] together = new int[n][n];
        for (int k = 0; k < DRAWS; k++) {
            int[] drawn = sampler.draw(TrialSeeds.of(7, k));
            for (int i : drawn) {
                for (int j : drawn) {
                    together[i][j]++;
                }
            }
        }
        return together;
    }

    private static void assertRates(int[][] together, int n, double single, double pair) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double expected = i == j ? single : pair;
                double error = Math.sqrt(expected * (1 - expected) / DRAWS);
                assertThat((double) together[i][j] / DRAWS).isCloseTo(expected, within(5 * error));
            }
        }
    }
}
