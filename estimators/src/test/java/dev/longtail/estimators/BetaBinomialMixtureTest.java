package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaBinomialMixtureTest {

    @ParameterizedTest
    @CsvSource({"1, 0.3", "7, 0.99", "15, 0.5", "16, 0.5", "17, 0.001", "40, 0.2", "200, 0.7"})
    void hasMeanOneAtTheTrueAccuracy(int trials, double accuracy) {
        BinomialDistribution outcomes = BinomialDistribution.of(trials, accuracy);
        double mean = 0;
        for (int correct = 0; correct <= trials; correct++) {
            mean +=
                    outcomes.probability(correct)
                            * Math.exp(BetaBinomialMixture.logValue(correct, trials, accuracy));
        }
        assertThat(mean).isCloseTo(1, within(1e-12));
    }

    @Test
    void isTheRatioOfBetaFunctionsAtEveryCount() {
        // The library's log-beta is good to about 1e-13 of the far larger log-gammas.
        for (int trials = 1; trials <= 200; trials++) {
            for (int correct = 0; correct <= trials; correct++) {
                double plain =
                        LogBeta.value(correct + 0.5, trials - correct + 0.5)
                                - Math.log(Math.PI)
                                - correct * Math.log(0.4)
                                - (trials - correct) * Math.log(0.6);
                assertThat(BetaBinomialMixture.logValue(correct, trials, 0.4))
                        .as("%d of %d", correct, trials)
                        .isCloseTo(plain, within(2e-12));
            }
        }
    }

    @Test
    void isSmoothWhereTheTablesEnd() {
        for (int end : new int[] {16, 1 << 14}) {
            double before = BetaBinomialMixture.regret(end / 2, end - 1);
            double at = BetaBinomialMixture.regret(end / 2, end);
            double after = BetaBinomialMixture.regret(end / 2, end + 1);
            assertThat(at).isBetween(Math.min(before, after), Math.max(before, after));
        }
    }

    @Test
    void excludesAccuraciesThatCannotHaveBeen() {
        assertThat(BetaBinomialMixture.logValue(1, 2, 0)).isInfinite().isPositive();
        assertThat(BetaBinomialMixture.logValue(1, 2, 1)).isInfinite().isPositive();
        assertThat(BetaBinomialMixture.logValue(0, 2, 0)).isNegative();
        assertThat(BetaBinomialMixture.logValue(0, 0, 0.5)).isZero();
    }
}
