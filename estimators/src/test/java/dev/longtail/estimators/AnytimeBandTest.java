package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AnytimeBandTest {

    private final AnytimeBand band = AnytimeBand.atLevel(0.05);

    @Provide
    Arbitrary<InOutCounts> counts() {
        return CountsArbitraries.defined(3_000);
    }

    @Property(tries = 500, seed = "11")
    void holdsTheEstimateAndStaysInRange(@ForAll("counts") InOutCounts counts) {
        Interval found = band.of(counts);

        assertThat(found.contains(Estimate.of(counts).value())).isTrue();
        assertThat(found.lower()).isGreaterThanOrEqualTo(-1);
        assertThat(found.upper()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 500, seed = "12")
    void turnsItsSignWhenTheSidesAreExchanged(@ForAll("counts") InOutCounts counts) {
        Interval found = band.of(counts);
        Interval exchanged =
                band.of(counts.out(), counts.outCorrect(), counts.in(), counts.inCorrect());

        assertThat(exchanged.lower()).isCloseTo(-found.upper(), within(1e-12));
        assertThat(exchanged.upper()).isCloseTo(-found.lower(), within(1e-12));
    }

    @Property(tries = 500, seed = "13")
    void widensAsTheLevelFalls(@ForAll("counts") InOutCounts counts) {
        Interval wide = AnytimeBand.atLevel(0.001).of(counts);
        Interval narrow = band.of(counts);

        assertThat(wide.lower()).isLessThanOrEqualTo(narrow.lower());
        assertThat(wide.upper()).isGreaterThanOrEqualTo(narrow.upper());
    }

    @Property(tries = 2_000, seed = "14")
    void decidesExactlyWhereTheBandDoes(
            @ForAll("counts") InOutCounts counts,
            @ForAll @DoubleRange(min = -1, max = 1) double threshold) {
        assertThat(band.isDecided(counts, threshold))
                .isEqualTo(band.of(counts).isDecidedAt(threshold));
    }

    @Property(tries = 500, seed = "15")
    void decidesJustOutsideItsEndsAndNotJustInside(@ForAll("counts") InOutCounts counts) {
        Interval found = band.of(counts);
        double step = 1e-9;

        if (found.upper() < 1 - step) {
            assertThat(band.isDecided(counts, found.upper() + step)).isTrue();
        }
        if (found.lower() > -1 + step) {
            assertThat(band.isDecided(counts, found.lower() - step)).isTrue();
        }
        assertThat(band.isDecided(counts, found.upper() - step)).isFalse();
        assertThat(band.isDecided(counts, found.lower() + step)).isFalse();
    }

    @Test
    void saysNothingWhereASideHasNoTrials() {
        assertThat(band.of(new InOutCounts(0, 0, 5, 2))).isEqualTo(Interval.ANYTHING);
        assertThat(band.of(new InOutCounts(5, 2, 0, 0))).isEqualTo(Interval.ANYTHING);
        assertThat(band.isDecided(new InOutCounts(5, 2, 0, 0), 0.25)).isFalse();
    }

    @Test
    void theManyAgreeWithTheSingle() {
        SplittableRandom random = new SplittableRandom(16);
        int examples = 1_000;
        int trials = 800;
        int[] included = random.ints(examples, 0, trials + 1).toArray();
        int[] includedCorrect = new int[examples];
        int[] excludedCorrect = new int[examples];
        for (int i = 0; i < examples; i++) {
            includedCorrect[i] = random.nextInt(included[i] + 1);
            excludedCorrect[i] = random.nextInt(trials - included[i] + 1);
        }
        MemorizationCounts counts =
                new MemorizationCounts(trials, included, includedCorrect, excludedCorrect);
        double[] lower = new double[examples];
        double[] upper = new double[examples];

        band.ofAll(counts, lower, upper);

        long decided = 0;
        for (int i = 0; i < examples; i++) {
            assertThat(new Interval(lower[i], upper[i])).isEqualTo(band.of(counts.at(i)));
            decided += band.of(counts.at(i)).isDecidedAt(0.25) ? 1 : 0;
        }
        assertThat(band.countDecided(counts, 0.25)).isEqualTo(decided);
    }

    @Test
    void refusesLevelsThatAreNone() {
        assertThatThrownBy(() -> AnytimeBand.atLevel(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 1, found 0.0");
        assertThatThrownBy(() -> AnytimeBand.atLevel(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
