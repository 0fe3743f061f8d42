package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

    @Test
    void isTheDifferenceOfTheAccuracies() {
        Estimate estimate = Estimate.of(new InOutCounts(70, 56, 80, 48));

        assertThat(estimate.value()).isCloseTo(0.2, within(1e-15));
        assertThat(estimate.standardError())
                .isCloseTo(Math.sqrt(0.8 * 0.2 / 70 + 0.6 * 0.4 / 80), within(1e-15));
        assertThat(estimate.counts().trials()).isEqualTo(150);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 5, 2", "5, 2, 0, 0", "0, 0, 0, 0"})
    void isUndefinedAndNotZeroWhereASideHasNoTrials(
            long in, long inCorrect, long out, long outCorrect) {
        Estimate estimate = Estimate.of(new InOutCounts(in, inCorrect, out, outCorrect));

        assertThat(estimate.isDefined()).isFalse();
        assertThat(estimate.value()).isNaN();
        assertThat(estimate.standardError()).isNaN();
        assertThat(NewcombeInterval.atLevel(0.05).of(estimate.counts()))
                .isEqualTo(Interval.UNDEFINED);
    }

    @Test
    void aPairFollowsFromItsOneCounterAndTheMarginals() {
        assertThat(InOutCounts.ofPair(100, 70, 60, 75)).isEqualTo(new InOutCounts(70, 60, 30, 15));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 1, 0", "3, 4, 1, 0", "3, -1, 1, 0", "3, 1, -1, 0", "3, 1, 2, 3"})
    void refusesCountsThatCannotBe(long in, long inCorrect, long out, long outCorrect) {
        assertThatThrownBy(() -> new InOutCounts(in, inCorrect, out, outCorrect))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found");
    }

    @Test
    void anIntervalWithoutAStatementDecidesNothing() {
        assertThat(Interval.UNDEFINED.contains(0)).isFalse();
        assertThat(Interval.UNDEFINED.isDecidedAt(0)).isFalse();
        assertThat(Interval.ANYTHING.isDecidedAt(0.25)).isFalse();
        assertThat(new Interval(0.1, 0.3).isDecidedAt(0.3)).isFalse();
        assertThat(new Interval(0.1, 0.3).isDecidedAt(0.31)).isTrue();
        assertThat(new Interval(0.1, 0.3).isDecidedAt(0.05)).isTrue();
        assertThat(new Interval(0.1, 0.3).halfWidth()).isCloseTo(0.1, within(1e-15));
    }
}
