package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.folding.RowCounters;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a train group contributes to the convergence record of a publication.
 *
 * @param group the group
 * @param stamp the block
 * @param own own counters of the group's examples
 * @param largest per example: largest influence; NaN where there is none
 * @param decided examples decided at the memorization threshold
 * @param pairs high-influence pairs
 * @param trains examples with such a pair
 * @param testGroups test groups of the group's tiles
 * @param pairsPerTest per test group, one after the other: high-influence pairs of each test
 *     example, at most 2
 * @param expectedFalsePairs expected number of high-influence pairs if there were no influence
 * @param pairsLookedAt pairs of memorized examples that were looked at for being decided
 * @param pairsDecided those of them that are decided at the influence threshold
 * @param logEValues logarithms of the e-values of the high-influence pairs
 */
record GroupReport(
        int group,
        BlockStamp stamp,
        RowCounters own,
        float[] largest,
        long decided,
        long pairs,
        long trains,
        int[] testGroups,
        byte[] pairsPerTest,
        double expectedFalsePairs,
        long pairsLookedAt,
        long pairsDecided,
        double[] logEValues) {

    /** Flink's type of this record. */
    static final BinaryType<GroupReport> TYPE = BinaryType.of(GroupReport.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<GroupReport> {

        @Override
        public void write(GroupReport message, DataOutput out) throws IOException {
            out.writeInt(message.group);
            message.stamp.write(out);
            message.own.write(out);
            BinaryArrays.writeFloats(out, message.largest);
            out.writeLong(message.decided);
            out.writeLong(message.pairs);
            out.writeLong(message.trains);
            BinaryArrays.writeInts(out, message.testGroups);
            BinaryArrays.writeBytes(out, message.pairsPerTest);
            out.writeDouble(message.expectedFalsePairs);
            out.writeLong(message.pairsLookedAt);
            out.writeLong(message.pairsDecided);
            BinaryArrays.writeDoubles(out, message.logEValues);
        }

        @Override
        public GroupReport read(DataInput in) throws IOException {
            return new GroupReport(
                    in.readInt(),
                    BlockStamp.read(in),
                    RowCounters.read(in),
                    BinaryArrays.readFloats(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    BinaryArrays.readInts(in),
                    BinaryArrays.readBytes(in),
                    in.readDouble(),
                    in.readLong(),
                    in.readLong(),
                    BinaryArrays.readDoubles(in));
        }
    }
}
