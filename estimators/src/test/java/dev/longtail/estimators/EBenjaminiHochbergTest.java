package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EBenjaminiHochbergTest {

    private static final double ALPHA = 0.05;

    @Property(tries = 300, seed = "31")
    void confirmsAsTheDefinitionSays(
            @ForAll @IntRange(max = 300) int candidates,
            @ForAll @LongRange(max = 100_000) long others,
            @ForAll long seed) {
        double[] logEValues = logEValues(candidates, seed);
        long pairs = candidates + others;

        EBenjaminiHochberg.Confirmation found =
                new EBenjaminiHochberg(pairs, ALPHA).confirm(logEValues);

        long expected = byDefinition(logEValues, pairs);
        assertThat(found.pairs()).isEqualTo(expected);
        assertThat(found.smallestLogEValue().isPresent()).isEqualTo(expected > 0);
        assertThat(Arrays.stream(logEValues).filter(found::includes).count()).isEqualTo(expected);
    }

    @Property(tries = 300, seed = "32")
    void theHistogramConfirmsWhatTheRoundedValuesWould(
            @ForAll @IntRange(max = 300) int candidates,
            @ForAll @LongRange(max = 100_000) long others,
            @ForAll long seed) {
        double[] logEValues = logEValues(candidates, seed);
        long pairs = candidates + others;
        LogEValueHistogram first = LogEValueHistogram.empty();
        LogEValueHistogram second = LogEValueHistogram.empty();
        for (int pair = 0; pair < candidates; pair++) {
            (pair % 3 == 0 ? first : second).add(logEValues[pair]);
        }
        first.add(LogEValueHistogram.of(second.counts()));

        EBenjaminiHochberg procedure = new EBenjaminiHochberg(pairs, ALPHA);
        EBenjaminiHochberg.Confirmation found = procedure.confirm(first);

        double[] rounded = Arrays.stream(logEValues).map(e -> Math.floor(e * 32) / 32).toArray();
        assertThat(found.pairs())
                .isEqualTo(byDefinition(rounded, pairs))
                .isLessThanOrEqualTo(procedure.confirm(logEValues).pairs());
        assertThat(Arrays.stream(logEValues).filter(found::includes).count())
                .isEqualTo(found.pairs());
    }

    @Test
    void oneOverwhelmingPairIsConfirmedAlone() {
        EBenjaminiHochberg procedure = new EBenjaminiHochberg(500_000_000L, ALPHA);

        assertThat(procedure.confirm(new double[] {23.1}).pairs()).isEqualTo(1);
        assertThat(procedure.confirm(new double[] {23.0}).pairs()).isZero();
    }

    @Test
    void evidenceBeyondTheHistogramIsCountedAtItsTop() {
        LogEValueHistogram histogram = LogEValueHistogram.empty();
        histogram.add(1e6);
        histogram.add(Double.POSITIVE_INFINITY);
        histogram.add(-3);
        histogram.add(Double.NaN);

        assertThat(histogram.total()).isEqualTo(2);
        assertThat(new EBenjaminiHochberg(1L << 40, ALPHA).confirm(histogram).pairs()).isEqualTo(2);
    }

    @Test
    void nothingInScopeIsNothingConfirmed() {
        assertThat(new EBenjaminiHochberg(0, ALPHA).confirm(new double[0]))
                .isEqualTo(EBenjaminiHochberg.Confirmation.NONE);
    }

    @Test
    void refusesMoreCandidatesThanPairs() {
        EBenjaminiHochberg procedure = new EBenjaminiHochberg(1, ALPHA);

        assertThatThrownBy(() -> procedure.confirm(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(1), found 2");
        assertThatThrownBy(() -> procedure.confirm(new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> LogEValueHistogram.of(new long[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 3");
    }

    /** The greatest k for which at least k e-values are at least N / (alpha k). */
    private static long byDefinition(double[] logEValues, long pairs) {
        for (int k = logEValues.length; k > 0; k--) {
            double least = Math.log(pairs / (ALPHA * k));
            if (Arrays.stream(logEValues).filter(e -> e >= least).count() >= k) {
                return k;
            }
        }
        return 0;
    }

    private static double[] logEValues(int candidates, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double scale = random.nextDouble(20);
        return random.doubles(candidates, -scale - 1, 2 * scale).toArray();
    }
}
