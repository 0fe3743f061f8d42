package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The largest influences of both signs on the test examples of a group, over some of its tiles.
 *
 * @param testGroup the group
 * @param stamp the block
 * @param tiles number of tiles looked at
 * @param places per pair: place of the test example in the group
 * @param trains per pair: the training example
 * @param counters per pair, {@link #COUNTERS} each: in(i), inCorrect(i), outCorrect(i) of the
 *     training example's memorization, inCorrect(i, j), correct(j)
 */
public record TopReport(
        int testGroup, BlockStamp stamp, int tiles, int[] places, int[] trains, int[] counters) {

    /** Counters per pair. */
    public static final int COUNTERS = 5;

    /** Flink's type of this record. */
    public static final BinaryType<TopReport> TYPE = BinaryType.of(TopReport.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<TopReport> {

        @Override
        public void write(TopReport message, DataOutput out) throws IOException {
            out.writeInt(message.testGroup);
            message.stamp.write(out);
            out.writeInt(message.tiles);
            BinaryArrays.writeInts(out, message.places);
            BinaryArrays.writeInts(out, message.trains);
            BinaryArrays.writeInts(out, message.counters);
        }

        @Override
        public TopReport read(DataInput in) throws IOException {
            return new TopReport(
                    in.readInt(),
                    BlockStamp.read(in),
                    in.readInt(),
                    BinaryArrays.readInts(in),
                    BinaryArrays.readInts(in),
                    BinaryArrays.readInts(in));
        }
    }
}
