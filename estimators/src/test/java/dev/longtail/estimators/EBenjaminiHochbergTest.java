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

    @Test
    void oneOverwhelmingPairIsConfirmedAlone() {
        EBenjaminiHochberg procedure = new EBenjaminiHochberg(500_000_000L, ALPHA);

        assertThat(procedure.confirm(new double[] {23.1}).pairs()).isEqualTo(1);
        assertThat(procedure.confirm(new double[] {23.0}).pairs()).isZero();
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
