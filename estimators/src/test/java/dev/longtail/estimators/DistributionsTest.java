package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistributionsTest {

    /** numpy.quantile. */
    @Test
    void quantilesAgreeWithNumpy() {
        double[] values = {3, 1, Double.NaN, 4, 1, 5, 9, 2.5};
        double[] quantiles = Quantiles.of(values, Quantiles.reportedProbabilities());

        assertThat(quantiles)
                .containsExactly(
                        new double[] {1, 1.75, 3, 4.5, 7.799999999999997, 9}, within(1e-12));
    }

    @Test
    void nothingHasNoQuantiles() {
        assertThat(Quantiles.of(new double[] {Double.NaN}, 0.5)).isEmpty();
        assertThatThrownBy(() -> Quantiles.of(new double[1], 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1.5");
    }

    @Test
    void everyEdgeBelongsToTheBinAboveIt() {
        for (int bins : new int[] {1, 7, 40, MemorizationHistogram.DEFAULT_BINS, 101}) {
            for (int bin = 0; bin < bins; bin++) {
                double edge = MemorizationHistogram.lowerEdge(bin, bins);
                assertThat(MemorizationHistogram.bin(edge, bins)).isEqualTo(bin);
                assertThat(MemorizationHistogram.bin(Math.nextUp(edge), bins)).isEqualTo(bin);
                if (bin > 0) {
                    assertThat(MemorizationHistogram.bin(Math.nextDown(edge), bins))
                            .isEqualTo(bin - 1);
                }
            }
            assertThat(MemorizationHistogram.bin(1, bins)).isEqualTo(bins - 1);
        }
    }

    @Test
    void partsOfAHistogramAddUp() {
        double[] values = new SplittableRandom(81).doubles(1_000, -1, 1).toArray();
        values[5] = Double.NaN;
        MemorizationHistogram sum = MemorizationHistogram.of(Arrays.copyOf(values, 400));
        sum.add(MemorizationHistogram.of(Arrays.copyOfRange(values, 400, 1_000)));

        assertThat(sum.counts()).isEqualTo(MemorizationHistogram.of(values).counts());
        assertThat(Arrays.stream(sum.counts()).sum()).isEqualTo(999);
    }

    @Test
    void theThresholdOfThePaperIsAnEdge() {
        long[] counts = MemorizationHistogram.of(new double[] {0.25, 0.2499999}).counts();

        assertThat(counts[50]).isEqualTo(1);
        assertThat(counts[49]).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoMemorization() {
        MemorizationHistogram histogram = MemorizationHistogram.empty(10);

        assertThatThrownBy(() -> histogram.add(1.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1.1");
        assertThatThrownBy(() -> histogram.add(MemorizationHistogram.empty(11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 10 bins, found 11");
        assertThatThrownBy(() -> MemorizationHistogram.empty(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
