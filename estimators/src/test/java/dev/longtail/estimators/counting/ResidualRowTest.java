package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidualRowTest {

    private static final int FROM = 3;

    @Property(tries = 500)
    void readsBackTheCountersOfAnyMargins(
            @ForAll @IntRange(min = 1, max = 200) int columns,
            @ForAll @IntRange(min = 1, max = 65_535) int trials,
            @ForAll @IntRange(max = 70) int spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        int in = random.nextInt(trials + 1);
        int[] correct = random.ints(columns, 0, trials + 1).toArray();
        int[] counters = new int[columns];
        boolean near = true;
        for (int c = 0; c < columns; c++) {
            int expected = expected(in, correct[c], trials);
            int least = Math.max(0, in + correct[c] - trials);
            int most = Math.min(in, correct[c]);
            int wanted = expected + (int) Math.round(spread * random.nextGaussian());
            counters[c] = Math.max(least, Math.min(most, wanted));
            near &= counters[c] - expected >= -128 && counters[c] - expected <= 127;
        }

        assertRoundTrip(near, in, trials, correct, counters);
    }

    @ParameterizedTest
    @ValueSource(ints = {-129, -128, 127, 128})
    void takesDifferencesOfAByteAndNoOthers(int difference) {
        int trials = 4_000;
        int in = 2_800;
        int[] correct = {10, 1_500, 2_000, 3_900, 700, 0, 4_000};
        for (int odd = 1; odd < 5; odd++) {
            int[] counters =
                    Arrays.stream(correct).map(each -> expected(in, each, trials)).toArray();
            counters[odd] += difference;
            counters[odd] = Math.max(0, counters[odd]);
            boolean near = counters[odd] - expected(in, correct[odd], trials) == difference;
            assertRoundTrip(
                    near && Math.abs(difference + 0.5) < 128, in, trials, correct, counters);
        }
    }

    @Test
    void everyTrialOfTheMost() {
        int[] correct = {65_535, 0, 65_534};
        assertRoundTrip(true, 65_535, 65_535, correct, correct);
        assertRoundTrip(true, 0, 65_535, correct, new int[3]);
    }

    @Test
    void noTrials() {
        assertRoundTrip(true, 0, 0, new int[5], new int[5]);
    }

    /** Plainly: a fixed-point share of 16 bits, and what it makes of the column's total. */
    private static int expected(int in, int correct, int trials) {
        double share = trials == 0 ? 0 : Math.floor(in * 65_536.0 / trials);
        return (int) Math.floor(share * correct / 65_536.0);
    }

    private static void assertRoundTrip(
            boolean near, int in, int trials, int[] correct, int[] counters) {
        int columns = counters.length;
        int half = (columns + 1) / 2;
        int quarter = (half + 1) / 2;
        int[] words = new int[FROM + half];
        for (int c = 0; c < columns; c++) {
            words[FROM + c % half] |= counters[c] << (c < half ? 0 : 16);
        }
        int share = ResidualRow.share(in, trials);
        int[] coded = new int[1 + quarter + 1];
        ResidualRow row = new ResidualRow(correct);

        assertThat(row.encode(share, words, FROM, coded, 1)).isEqualTo(near);
        if (!near) {
            assertThat(coded).containsOnly(0);
            return;
        }
        assertThat(coded[0]).isZero();
        assertThat(coded[quarter + 1]).isZero();
        for (int c = 0; c < columns; c++) {
            int word = c % half;
            int at = (c < half ? 0 : 2) + (word < quarter ? 0 : 1);
            int expected = ResidualRow.expected(share, correct[c]);
            assertThat(expected).isEqualTo(expected(in, correct[c], trials));
            assertThat(ResidualRow.counter(coded[1 + word % quarter], at, expected))
                    .as("column %d of %d", c, columns)
                    .isEqualTo(counters[c]);
        }
        int[] decoded = new int[half + 1];
        row.decode(share, coded, 1, decoded, 1);
        assertThat(Arrays.copyOfRange(decoded, 1, half + 1))
                .isEqualTo(Arrays.copyOfRange(words, FROM, FROM + half));
    }
}
