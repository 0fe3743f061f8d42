package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CorrelationTest {

    private static final double[] X = {0.1, 0.5, 0.5, -0.2, 0.0, 1.0, 0.5, 0.9, -0.0};
    private static final double[] Y = {0.3, 0.2, 0.2, -0.5, 0.1, 0.7, 0.9, 0.7, 0.05};

    /** scipy.stats.spearmanr, pearsonr and rankdata. */
    @Test
    void agreesWithScipy() {
        assertThat(Correlation.spearman(X, Y)).isCloseTo(0.8241026472328091, within(1e-12));
        assertThat(Correlation.pearson(X, Y)).isCloseTo(0.8011048184990025, within(1e-12));
        assertThat(Correlation.ranks(X)).containsExactly(4, 6, 6, 1, 2.5, 9, 6, 8, 2.5);
    }

    @Property(tries = 200, seed = "61")
    void ranksAreHalfTheSmallerAndTheEqualOnes(
            @ForAll @IntRange(min = 1, max = 200) int size, @ForAll long seed) {
        double[] values = new SplittableRandom(seed).ints(size, 0, 50).asDoubleStream().toArray();

        assertRanks(values);
    }

    /** Values of any spread, crowded and far apart. */
    @Property(tries = 300, seed = "62")
    void ranksHoldForAnyDoubles(@ForAll @Size(min = 1, max = 60) double[] values) {
        assertRanks(values);
    }

    /** Differences that overflow or are lost: there are no buckets of equal width then. */
    @Test
    void ranksHoldAtTheEndsOfDoubles() {
        double most = Double.MAX_VALUE;
        double least = Double.MIN_VALUE;
        double infinite = Double.POSITIVE_INFINITY;

        assertRanks(new double[] {0, most, -most, least, -least, 0, 1, most});
        assertRanks(new double[] {1, -infinite, 0, infinite, -1, infinite});
        assertRanks(new double[] {least, 0, 2 * least, least});
    }

    private static void assertRanks(double[] values) {
        double[] ranks = Correlation.ranks(values);

        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            long smaller = Arrays.stream(values).filter(v -> v < value).count();
            long equal = Arrays.stream(values).filter(v -> v == value).count();
            assertThat(ranks[i]).isEqualTo(smaller + (equal + 1) / 2.0);
        }
    }

    @Test
    void leavesUndefinedValuesOut() {
        double nan = Double.NaN;
        double[] x = {1, nan, 2, 3, 4};
        double[] y = {1, 0, nan, 9, 16};

        assertThat(Correlation.spearman(x, y)).isCloseTo(1, within(1e-15));
        assertThat(Correlation.pearson(x, y))
                .isEqualTo(Correlation.pearson(new double[] {1, 3, 4}, new double[] {1, 9, 16}));
    }

    @Test
    void isUndefinedWithoutVariation() {
        assertThat(Correlation.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
        assertThat(Correlation.pearson(new double[] {1}, new double[] {1})).isNaN();
        assertThat(Correlation.pearson(new double[0], new double[0])).isNaN();
    }

    @Test
    void refusesValuesOfDifferentExamples() {
        assertThatThrownBy(() -> Correlation.pearson(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2 and 3");
    }
}
