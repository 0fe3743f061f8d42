package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The formulas against values computed by reference.py (beside the table) with other algorithms at
 * 60 digits.
 */
class ReferenceValuesTest {

    private static final double PRECISION = 1e-12;

    @ParameterizedTest
    @CsvFileSource(resources = "reference.csv", numLinesToSkip = 1)
    void agreeWithHighPrecision(
            long in,
            long inCorrect,
            long out,
            long outCorrect,
            double standardError,
            double newcombe05Low,
            double newcombe05High,
            double newcombe01Low,
            double newcombe01High,
            double band05Low,
            double band05High,
            double band01Low,
            double band01High,
            double logEAgainst0,
            double logEAgainstTenth,
            double logEAgainstMinusTwentieth,
            double logMixtureIn,
            double logMixtureOut) {
        InOutCounts counts = new InOutCounts(in, inCorrect, out, outCorrect);

        close(Estimate.of(counts).standardError(), standardError);
        close(NewcombeInterval.atLevel(0.05).of(counts), newcombe05Low, newcombe05High);
        close(NewcombeInterval.atLevel(0.01).of(counts), newcombe01Low, newcombe01High);
        close(AnytimeBand.atLevel(0.05).of(counts), band05Low, band05High);
        close(AnytimeBand.atLevel(0.01).of(counts), band01Low, band01High);
        close(PairEValue.against(0).log(counts), logEAgainst0);
        close(PairEValue.against(0.1).log(counts), logEAgainstTenth);
        close(PairEValue.against(-0.05).log(counts), logEAgainstMinusTwentieth);
        close(BetaBinomialMixture.logValue(inCorrect, in, 0.6), logMixtureIn);
        close(BetaBinomialMixture.logValue(outCorrect, out, 0.001), logMixtureOut);
    }

    private static void close(Interval found, double lower, double upper) {
        close(found.lower(), lower);
        close(found.upper(), upper);
    }

    private static void close(double found, double expected) {
        assertThat(found).isCloseTo(expected, within(PRECISION * Math.max(1, Math.abs(expected))));
    }
}
