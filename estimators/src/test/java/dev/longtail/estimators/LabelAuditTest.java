package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelAuditTest {

    /** Four examples: learnt from others, half learnt, contradicted by the rest, never left out. */
    private final MemorizationCounts counts =
            new MemorizationCounts(
                    100,
                    new int[] {70, 70, 70, 100},
                    new int[] {70, 70, 68, 100},
                    new int[] {30, 15, 1, 0});

    @Test
    void theContradictedExampleComesFirst() {
        List<LabelAudit.Suspect> suspects = LabelAudit.ranking(counts, 10);

        assertThat(suspects).extracting(LabelAudit.Suspect::position).containsExactly(2, 1, 0);
        assertThat(suspects.get(0).consistencyScore()).isCloseTo(1.0 / 30, within(1e-15));
        assertThat(suspects.get(0).memorization().value())
                .isCloseTo(68.0 / 70 - 1.0 / 30, within(1e-15));
        assertThat(LabelAudit.ranking(counts, 1)).hasSize(1);
    }

    @Test
    void anExampleThatWasNeverLeftOutIsNoSuspect() {
        assertThat(LabelAudit.suspicions(counts)[3]).isNaN();
        assertThat(counts.consistencyScores()[3]).isNaN();
        assertThat(counts.consistencyScores()[1]).isEqualTo(0.5);
    }

    @Property(tries = 200, seed = "91")
    void areaUnderCurveIsTheShareOfPairsInRightOrder(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> sought,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> others) {
        double won = 0;
        for (int a : sought) {
            for (int b : others) {
                won += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }

        assertThat(
                        RankingQuality.areaUnderCurve(
                                sought.stream().mapToDouble(a -> a).toArray(),
                                others.stream().mapToDouble(b -> b).toArray()))
                .isCloseTo(won / sought.size() / others.size(), within(1e-12));
    }

    @Test
    void aRankingOfNothingHasNoQuality() {
        assertThat(RankingQuality.areaUnderCurve(new double[0], new double[] {1})).isNaN();
        assertThat(
                        RankingQuality.areaUnderCurve(
                                new double[] {1, Double.NaN}, new double[] {0, Double.NaN}))
                .isEqualTo(1);
    }
}
