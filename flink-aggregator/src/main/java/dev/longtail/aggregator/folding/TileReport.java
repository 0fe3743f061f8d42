package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one tile contributes to a publication of its train group.
 *
 * @param trainGroup the group
 * @param tile the tile
 * @param stamp the block
 * @param own own counters of the rows
 * @param testCount C, test examples in the tile
 * @param correctSum sum of correct(j) over the tile's test examples
 * @param includedCorrectSums per row: sum of inCorrect(i, j) over the tile's test examples
 * @param largest per row: largest influence; NaN where there is none
 * @param largestTest per row: its test example; -1 where there is none
 * @param pairs the high-influence pairs, the strongest where there are too many
 * @param pairsPerRow per row: number of high-influence pairs, those left out included
 * @param pairsPerTest per test example: number of high-influence pairs, those left out included, at
 *     most 2
 * @param expectedFalsePairs expected number of high-influence pairs if there were no influence
 * @param lookedAt pairs of memorized rows that were looked at for being decided
 * @param decided those of them that are decided at the influence threshold
 */
public record TileReport(
        int trainGroup,
        int tile,
        BlockStamp stamp,
        RowCounters own,
        int testCount,
        long correctSum,
        long[] includedCorrectSums,
        float[] largest,
        int[] largestTest,
        HighPairs pairs,
        int[] pairsPerRow,
        byte[] pairsPerTest,
        double expectedFalsePairs,
        long lookedAt,
        long decided) {

    /** Flink's type of this record. */
    public static final BinaryType<TileReport> TYPE = BinaryType.of(TileReport.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<TileReport> {

        @Override
        public void write(TileReport message, DataOutput out) throws IOException {
            out.writeInt(message.trainGroup);
            out.writeInt(message.tile);
            message.stamp.write(out);
            message.own.write(out);
            out.writeInt(message.testCount);
            out.writeLong(message.correctSum);
            BinaryArrays.writeLongs(out, message.includedCorrectSums);
            BinaryArrays.writeFloats(out, message.largest);
            BinaryArrays.writeInts(out, message.largestTest);
            message.pairs.write(out);
            BinaryArrays.writeInts(out, message.pairsPerRow);
            BinaryArrays.writeBytes(out, message.pairsPerTest);
            out.writeDouble(message.expectedFalsePairs);
            out.writeLong(message.lookedAt);
            out.writeLong(message.decided);
        }

        @Override
        public TileReport read(DataInput in) throws IOException {
            return new TileReport(
                    in.readInt(),
                    in.readInt(),
                    BlockStamp.read(in),
                    RowCounters.read(in),
                    in.readInt(),
                    in.readLong(),
                    BinaryArrays.readLongs(in),
                    BinaryArrays.readFloats(in),
                    BinaryArrays.readInts(in),
                    HighPairs.read(in),
                    BinaryArrays.readInts(in),
                    BinaryArrays.readBytes(in),
                    in.readDouble(),
                    in.readLong(),
                    in.readLong());
        }
    }
}
