package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LemmaBoundTest {

    /** Values computed with mpmath at 30 digits. */
    @ParameterizedTest
    @CsvSource({
        "0.7, 1, 5.25261710577865045",
        "0.7, 500, 0.00956621864143275839",
        "0.7, 4000, 0.00119047619047619048",
        "0.5, 100, 0.0619684668117037087",
        "0.05, 2000, 0.0114915428575875388",
        "0.999, 7, 143.499924297987585"
    })
    void isTheFormulaOfTheLemma(double inclusionRate, long trials, double bound) {
        assertThat(LemmaBound.meanSquaredError(inclusionRate, trials))
                .isCloseTo(bound, within(1e-12 * bound));
    }

    @ParameterizedTest
    @CsvSource({"500, 0.0488", "1000, 0.0345", "2000, 0.0244", "4000, 0.0173"})
    void theWorstStandardErrorAtThePapersRatio(long trials, double rounded) {
        assertThat(LemmaBound.worstCaseStandardError(0.7, trials)).isCloseTo(rounded, within(5e-5));
    }

    @Test
    void isTheSameForARateAndItsComplement() {
        assertThat(LemmaBound.meanSquaredError(0.3, 123))
                .isCloseTo(LemmaBound.meanSquaredError(0.7, 123), within(1e-15));
    }

    @Test
    void refusesDesignsWithoutTwoSides() {
        assertThatThrownBy(() -> LemmaBound.meanSquaredError(1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> LemmaBound.worstCaseStandardError(0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }
}
