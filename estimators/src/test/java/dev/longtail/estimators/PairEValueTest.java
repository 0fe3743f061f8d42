package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairEValueTest {

    @Provide
    Arbitrary<InOutCounts> counts() {
        return CountsArbitraries.defined(2_000);
    }

    @ParameterizedTest
    @CsvSource({
        "21, 9, 0.5, 0.5, 0", "21, 9, 0.95, 0.95, 0", "30, 30, 0.3, 0.6, 0", "14, 6, 1, 1, 0",
        "21, 9, 0.6, 0.5, 0.1", "21, 9, 1, 0.9, 0.1", "21, 9, 0.2, 0.4, -0.2",
                "40, 20, 0.5, 0.3, 0.2"
    })
    void hasMeanAtMostOneWithoutTheInfluence(
            int in, int out, double q1, double q0, double threshold) {
        PairEValue against = PairEValue.against(threshold);
        BinomialDistribution inOutcomes = BinomialDistribution.of(in, q1);
        BinomialDistribution outOutcomes = BinomialDistribution.of(out, q0);
        double mean = 0;
        for (int inCorrect = 0; inCorrect <= in; inCorrect++) {
            for (int outCorrect = 0; outCorrect <= out; outCorrect++) {
                mean +=
                        inOutcomes.probability(inCorrect)
                                * outOutcomes.probability(outCorrect)
                                * Math.exp(against.log(in, inCorrect, out, outCorrect));
            }
        }
        assertThat(mean).isLessThanOrEqualTo(1).isPositive();
    }

    @Property(tries = 1_000, seed = "21")
    void isTheLeastEvidenceOverTheNullHypothesis(
            @ForAll("counts") InOutCounts counts,
            @ForAll @DoubleRange(min = -0.9, max = 0.9) double threshold,
            @ForAll @DoubleRange(min = 0, max = 1) double q0,
            @ForAll @DoubleRange(min = 0, max = 1) double below) {
        double q1 = Math.max(0, Math.min(1, q0 + threshold - below));
        if (q1 - q0 > threshold) {
            q0 = q1 - threshold;
        }

        double there =
                BetaBinomialMixture.logValue(counts.inCorrect(), counts.in(), q1)
                        + BetaBinomialMixture.logValue(counts.outCorrect(), counts.out(), q0);

        assertThat(PairEValue.against(threshold).log(counts))
                .isLessThanOrEqualTo(there + 1e-9 * Math.max(1, Math.abs(there)));
    }

    @Property(tries = 500, seed = "22")
    void reachesTheLevelExactlyWhereTheBandEnds(@ForAll("counts") InOutCounts counts) {
        Interval band = AnytimeBand.atLevel(0.05).of(counts);
        // At -1 the evidence rises without bound, and so does its rounding.
        if (band.lower() > -1) {
            assertThat(PairEValue.against(band.lower()).log(counts))
                    .isCloseTo(-Math.log(0.05), within(1e-6));
        }
    }

    @Property(tries = 500, seed = "23")
    void fallsAsTheThresholdRises(
            @ForAll("counts") InOutCounts counts,
            @ForAll @DoubleRange(min = -0.95, max = 0.95) double threshold) {
        assertThat(PairEValue.against(threshold + 0.04).log(counts))
                .isLessThanOrEqualTo(PairEValue.against(threshold).log(counts) + 1e-9);
    }

    @Property(tries = 500, seed = "24")
    void theClosedFormAtZeroIsTheLimit(@ForAll("counts") InOutCounts counts) {
        double atZero = PairEValue.against(0).log(counts);
        // Numbers next to 0 take the general way.
        double beside = PairEValue.against(-1e-15).log(counts);

        assertThat(beside).isCloseTo(atZero, within(1e-9 * Math.max(1, Math.abs(atZero))));
    }

    @Test
    void isNoEvidenceWhereASideHasNoTrials() {
        assertThat(PairEValue.against(0).log(5, 5, 0, 0)).isNotPositive();
        assertThat(PairEValue.against(0.2).log(0, 0, 5, 0)).isNotPositive();
        assertThat(PairEValue.against(0).log(0, 0, 0, 0)).isZero();
    }

    @Test
    void refusesThresholdsThatNoInfluenceExceeds() {
        assertThatThrownBy(() -> PairEValue.against(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1.0");
    }
}
