package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.wire.BinaryArrays;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * High-influence pairs of a tile, one array per field, ordered by row, then by column.
 *
 * @param rows row of each pair, by position in the train group
 * @param tests test example of each pair
 * @param includedCorrect inCorrect(i, j) of each pair
 * @param correct correct(j) of each pair
 */
public record HighPairs(int[] rows, int[] tests, int[] includedCorrect, int[] correct) {

    /** Number of pairs. */
    public int size() {
        return rows.length;
    }

    void write(DataOutput out) throws IOException {
        BinaryArrays.writeInts(out, rows);
        BinaryArrays.writeInts(out, tests);
        BinaryArrays.writeInts(out, includedCorrect);
        BinaryArrays.writeInts(out, correct);
    }

    static HighPairs read(DataInput in) throws IOException {
        return new HighPairs(
                BinaryArrays.readInts(in),
                BinaryArrays.readInts(in),
                BinaryArrays.readInts(in),
                BinaryArrays.readInts(in));
    }
}
