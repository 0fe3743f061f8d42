package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
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
        Random random = new Random(seed);
        saysWhatTheTrialsSay(BooleanTrials.random(random, trials, train, test), 40, random);
    }

    /** A row whose test examples follow it is not in bytes; its other pairs alone would be. */
    @Property(tries = 30)
    void keepsRowsFarFromTheirMargins(
            @ForAll @IntRange(min = 1, max = 20) int train,
            @ForAll @IntRange(min = 1, max = 30) int test,
            @ForAll long seed) {
        Random random = new Random(seed);
        BooleanTrials reference = BooleanTrials.random(random, 1_400, train, test);
        int leader = random.nextInt(train);
        int follower = random.nextInt(test);
        for (int k = 0; k < reference.trials(); k++) {
            reference.testCorrect()[k][follower] = reference.included()[k][leader];
        }
        saysWhatTheTrialsSay(reference, 700, random);
    }

    /** About the largest number of trials that a narrow counter holds. */
    @Property(tries = 10)
    void isWideWhereTheTileIs(
            @ForAll @IntRange(min = 65_534, max = 65_538) int trials,
            @ForAll @IntRange(min = 1, max = 5) int train,
            @ForAll @IntRange(min = 0, max = 9) int test,
            @ForAll long seed) {
        Random random = new Random(seed);
        saysWhatTheTrialsSay(BooleanTrials.random(random, trials, train, test), 40_000, random);
    }

    private static void saysWhatTheTrialsSay(
            BooleanTrials reference, int blockSize, Random random) {
        int train = reference.train();
        int test = reference.test();
        TileCounts counts =
                TileCountsTest.fold(
                        reference, part(0, train), part(0, test), blockSize, FoldKernel.best());
        TilePart part = part(random, train, test);
        byte[] bytes = part.of(ByteBuffer.wrap(counts.encode()));

        int[] rows = part(part.firstRow(), part.rows());
        int[] columns = part(part.firstColumn(), part.columns());
        TileCountsTest.assertReads(reference, rows, columns, new TileCountsView(bytes));
        TileCountsTest.assertReads(reference, rows, columns, TileCounts.decode(bytes));
        assertThat(new TileCountsView(bytes).block()).isEqualTo(counts.block());
        if (counts.trials() <= PairCounters.NARROW_MAX) {
            assertThat(part.of(ByteBuffer.wrap(FirstTileFormatTest.firstFormat(counts))))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void isRefusedWhereTheTileEnds() {
        byte[] whole = new TileCounts(3, 5).encode();
        assertThat(new TilePart(0, 3, 0, 5).of(ByteBuffer.wrap(whole))).isEqualTo(whole);
        assertThat(
                        new TileCountsView(new TilePart(2, 1, 5, 0).of(ByteBuffer.wrap(whole)))
                                .columns())
                .isZero();
        assertThatThrownBy(() -> new TilePart(1, 3, 0, 5).of(ByteBuffer.wrap(whole)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tile of 3 x 5, found 3 from 1 on and 5 from 0 on");
        assertThatThrownBy(
                        () ->
                                new TilePart(0, 1, Integer.MAX_VALUE, Integer.MAX_VALUE)
                                        .of(ByteBuffer.wrap(whole)))
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
