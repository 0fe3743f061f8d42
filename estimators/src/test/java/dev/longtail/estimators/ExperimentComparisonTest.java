package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.estimators.ExperimentComparison.ListedPairs;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentComparisonTest {

    @Test
    void comparesTheSelectedExamples() {
        double[] a = {0.1, 0.3, 0.9, 0.6, Double.NaN, 0.2};
        double[] b = {0.0, 0.5, 0.2, 0.6, 0.8, 0.1};

        List<Agreement> agreements =
                ExperimentComparison.ofExamples(a, b, new double[] {0.25, 0.95});

        Agreement at25 = agreements.get(0);
        assertThat(at25.selectedA()).isEqualTo(3);
        assertThat(at25.selectedB()).isEqualTo(3);
        assertThat(at25.both()).isEqualTo(2);
        assertThat(at25.either()).isEqualTo(4);
        assertThat(at25.jaccard()).isEqualTo(0.5);
        assertThat(at25.compared()).isEqualTo(3);
        assertThat(at25.meanDifference()).isCloseTo((-0.2 + 0.7 + 0) / 3, within(1e-15));
        assertThat(at25.standardError())
                .isCloseTo(0.4725815626252609 / Math.sqrt(3), within(1e-12));
        assertThat(at25.meanAbsoluteDifference()).isCloseTo((0.2 + 0.7) / 3, within(1e-15));
        Agreement at95 = agreements.get(1);
        assertThat(at95.either()).isZero();
        assertThat(at95.jaccard()).isNaN();
        assertThat(at95.meanDifference()).isNaN();
    }

    @Test
    void comparesTheListedPairs() {
        ListedPairs a =
                new ListedPairs(
                        new int[] {1, 1, 2}, new int[] {7, 8, 7}, new double[] {0.2, 0.5, 0.4});
        ListedPairs b =
                new ListedPairs(
                        new int[] {1, 2, 3}, new int[] {8, 7, 9}, new double[] {0.4, 0.16, 0.3});

        Agreement at15 = ExperimentComparison.ofPairs(a, b, new double[] {0.15}).get(0);
        Agreement at30 = ExperimentComparison.ofPairs(a, b, new double[] {0.3}).get(0);

        assertThat(at15.both()).isEqualTo(2);
        assertThat(at15.jaccard()).isEqualTo(0.5);
        assertThat(at15.compared()).isEqualTo(2);
        assertThat(at15.meanDifference()).isCloseTo((0.1 + 0.24) / 2, within(1e-15));
        assertThat(at30.selectedA()).isEqualTo(2);
        assertThat(at30.selectedB()).isEqualTo(2);
        assertThat(at30.both()).isEqualTo(1);
    }

    @Test
    void anExperimentAgreesWithItself() {
        double[] values = {0.1, 0.3, 0.9};

        Agreement agreement =
                ExperimentComparison.ofExamples(values, values, new double[] {0.25}).get(0);

        assertThat(agreement.jaccard()).isEqualTo(1);
        assertThat(agreement.meanAbsoluteDifference()).isZero();
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(
                        () ->
                                ExperimentComparison.ofExamples(
                                        new double[3], new double[4], new double[] {0.25}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 3 and 4");
        assertThatThrownBy(() -> new ListedPairs(new int[1], new int[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1, 1 and 2");
        ListedPairs twice = new ListedPairs(new int[2], new int[2], new double[2]);
        assertThatThrownBy(() -> ExperimentComparison.ofPairs(twice, twice, new double[] {0.1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train 0, test 0 twice");
    }
}
