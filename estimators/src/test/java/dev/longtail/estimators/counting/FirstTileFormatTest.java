package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.estimators.InOutCounts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Tiles as the first release wrote them, by the table of its layout. */
class FirstTileFormatTest {

    @Property(tries = 40)
    void isReadAndWrittenAnew(
            @ForAll @IntRange(min = 1, max = 40) int train,
            @ForAll @IntRange(min = 0, max = 60) int test,
            @ForAll long seed) {
        BooleanTrials reference = BooleanTrials.random(new Random(seed), 90, train, test);
        int[] rows = IntStream.range(0, train).toArray();
        int[] columns = IntStream.range(0, test).toArray();
        TileCounts counts = TileCountsTest.fold(reference, rows, columns, 40, FoldKernel.best());
        byte[] first = firstFormat(counts);

        TileCountsTest.assertReads(reference, rows, columns, TileCounts.decode(first));
        TileCountsTest.assertReads(reference, rows, columns, new TileCountsView(first));
        assertThat(TileCounts.decode(first).encode()).isEqualTo(counts.encode());
    }

    /** The bytes of a narrow tile in format 1. */
    static byte[] firstFormat(TileCounts counts) {
        int rows = counts.rows();
        int half = (counts.columns() + 1) / 2;
        ByteBuffer bytes =
                ByteBuffer.allocate(32 + 24 * rows + 4 * counts.columns() + 4 * rows * half)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 1)
                .putShort((short) 0)
                .putInt(rows)
                .putInt(counts.columns())
                .putInt((int) counts.trials())
                .putInt((int) counts.evenTrials())
                .putInt(0)
                .putLong(counts.block());
        putOwn(bytes, rows, counts::own);
        putOwn(bytes, rows, counts::evenOwn);
        for (int c = 0; c < counts.columns(); c++) {
            bytes.putInt((int) counts.correct(c));
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < half; c++) {
                long high = c + half < counts.columns() ? counts.inCorrect(r, c + half) : 0;
                bytes.putInt((int) (counts.inCorrect(r, c) | high << 16));
            }
        }
        return bytes.array();
    }

    private static void putOwn(ByteBuffer bytes, int rows, IntFunction<InOutCounts> own) {
        IntStream.range(0, rows).forEach(r -> bytes.putInt((int) own.apply(r).in()));
        IntStream.range(0, rows).forEach(r -> bytes.putInt((int) own.apply(r).inCorrect()));
        IntStream.range(0, rows).forEach(r -> bytes.putInt((int) own.apply(r).outCorrect()));
    }
}
