package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.estimators.MemorizationCounts;
import dev.longtail.estimators.counting.TileReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The own counters of a group of training examples, over all trials and over the even ones.
 *
 * @param all over all trials
 * @param even over the trials with an even running number
 */
public record RowCounters(MemorizationCounts all, MemorizationCounts even) {

    static RowCounters of(TileReader tile) {
        int rows = tile.rows();
        int[][] counters = new int[6][rows];
        for (int row = 0; row < rows; row++) {
            var own = tile.own(row);
            counters[0][row] = (int) own.in();
            counters[1][row] = (int) own.inCorrect();
            counters[2][row] = (int) own.outCorrect();
            var even = tile.evenOwn(row);
            counters[3][row] = (int) even.in();
            counters[4][row] = (int) even.inCorrect();
            counters[5][row] = (int) even.outCorrect();
        }
        return new RowCounters(
                new MemorizationCounts(tile.trials(), counters[0], counters[1], counters[2]),
                new MemorizationCounts(tile.evenTrials(), counters[3], counters[4], counters[5]));
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        write(out, all);
        write(out, even);
    }

    /** Reads what {@link #write} wrote. */
    public static RowCounters read(DataInput in) throws IOException {
        return new RowCounters(readCounts(in), readCounts(in));
    }

    private static void write(DataOutput out, MemorizationCounts counts) throws IOException {
        out.writeLong(counts.trials());
        BinaryArrays.writeInts(out, counts.included());
        BinaryArrays.writeInts(out, counts.includedCorrect());
        BinaryArrays.writeInts(out, counts.excludedCorrect());
    }

    private static MemorizationCounts readCounts(DataInput in) throws IOException {
        return new MemorizationCounts(
                in.readLong(),
                BinaryArrays.readInts(in),
                BinaryArrays.readInts(in),
                BinaryArrays.readInts(in));
    }
}
