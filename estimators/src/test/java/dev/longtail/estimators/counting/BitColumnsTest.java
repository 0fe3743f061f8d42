package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BitColumnsTest {

    @Property(tries = 200)
    void transposesAnySize(
            @ForAll @IntRange(min = 1, max = 300) int trials,
            @ForAll @IntRange(min = 0, max = 300) int examples,
            @ForAll long seed) {
        assertTransposed(trials, examples, seed);
    }

    /** More than one thread takes on at once. */
    @Property(tries = 12)
    void transposesManyExamples(
            @ForAll @IntRange(min = 1, max = 70) int trials,
            @ForAll @IntRange(min = 4_095, max = 13_000) int examples,
            @ForAll long seed) {
        assertTransposed(trials, examples, seed);
    }

    private static void assertTransposed(int trials, int examples, long seed) {
        boolean[][] bits =
                BooleanTrials.random(new Random(seed), trials, examples, 1).trainCorrect();
        BitColumns columns = BitColumns.transpose(BooleanTrials.packed(bits, 0, trials), examples);
        for (int i = 0; i < examples; i++) {
            int counted = 0;
            for (int k = 0; k < trials; k++) {
                if (columns.get(i, k) != bits[k][i]) {
                    assertThat(columns.get(i, k)).as("%d, %d", i, k).isEqualTo(bits[k][i]);
                }
                counted += bits[k][i] ? 1 : 0;
            }
            int set = 0;
            for (int w = 0; w < BitColumns.wordsPerColumn(trials); w++) {
                set += Integer.bitCount(columns.word(i, w));
            }
            assertThat(set).as("padding is clear").isEqualTo(counted);
        }
    }

    @Test
    void refusesAVectorOfAnotherLength() {
        assertThatThrownBy(() -> BitColumns.transpose(List.of(new byte[2], new byte[3]), 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 2 bytes for 16 examples, found 3 in trial 1 of the block");
    }
}
