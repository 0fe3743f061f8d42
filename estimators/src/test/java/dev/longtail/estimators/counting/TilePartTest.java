package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TilePartTest {

    @Property(tries = 100)
    void saysWhatTheTrialsSayOfItsRowsAndColumns(
            @ForAll @IntRange(min = 1, max = 40) int train,
            @ForAll @IntRange(min = 0, max = 60) int test,
            @ForAll @IntRange(min = 1, max = 700) int trials,
            @ForAll long seed) {
        saysWhatTheTrialsSay(trials, train, test, 40, seed);
    }

    private static void saysWhatTheTrialsSay(
            int trials, int train, int test, int blockSize, long seed) {
        Random random = new Random(seed);
        BooleanTrials reference = BooleanTrials.random(random, trials, train, test);
        byte[] whole =
                TileCountsTest.fold(
                                reference,
                                part(0, train),
                                part(0, test),
                                blockSize,
                                FoldKernel.best())
                        .encode();
        TilePart part = part(random, train, test);
        byte[] bytes = part.of(whole);

        int[] rows = part(part.firstRow(), part.rows());
        int[] columns = part(part.firstColumn(), part.columns());
        TileCountsTest.assertReads(reference, rows, columns, new TileCountsView(bytes));
        TileCountsTest.assertReads(reference, rows, columns, TileCounts.decode(bytes));
        assertThat(new TileCountsView(bytes).block()).isEqualTo(new TileCountsView(whole).block());
    }

    /** Of more trials than a narrow counter holds. */
    @Property(tries = 10)
    void isWideWhereTheTileIs(
            @ForAll @IntRange(min = 1, max = 5) int train,
            @ForAll @IntRange(min = 0, max = 9) int test,
            @ForAll long seed) {
        saysWhatTheTrialsSay(65_600, train, test, 32_800, seed);
    }

    @Test
    void isRefusedWhereTheTileEnds() {
        byte[] whole = new TileCounts(3, 5).encode();
        assertThat(new TilePart(0, 3, 0, 5).of(whole)).isEqualTo(whole);
        assertThat(new TileCountsView(new TilePart(2, 1, 5, 0).of(whole)).columns()).isZero();
        assertThatThrownBy(() -> new TilePart(1, 3, 0, 5).of(whole))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tile of 3 x 5, found 3 from 1 on and 5 from 0 on");
        assertThatThrownBy(() -> new TilePart(0, 1, Integer.MAX_VALUE, Integer.MAX_VALUE).of(whole))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePart(0, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 row");
        assertThatThrownBy(() -> new TilePart(-1, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TilePart part(Random random, int train, int test) {
        int row = random.nextInt(train);
        int column = random.nextInt(test + 1);
        return new TilePart(
                row, 1 + random.nextInt(train - row), column, random.nextInt(test - column + 1));
    }

    private static int[] part(int first, int length) {
        return IntStream.range(first, first + length).toArray();
    }
}
