package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import dev.longtail.estimators.counting.TileRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Everything one tile needs to count a block of trials, and to publish what follows from it.
 *
 * @param tile the tile's number, its key
 * @param stamp the block
 * @param block the trials; none when the present counters are to be published as they are
 */
public record TileMessage(int tile, BlockStamp stamp, TileRecord block) {

    /** Flink's type of this record. */
    public static final BinaryType<TileMessage> TYPE = BinaryType.of(TileMessage.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<TileMessage> {

        @Override
        public void write(TileMessage message, DataOutput out) throws IOException {
            out.writeInt(message.tile);
            message.stamp.write(out);
            BinaryArrays.writeBytes(out, message.block.header());
            BinaryArrays.writeBytes(out, message.block.rows());
            BinaryArrays.writeBytes(out, message.block.columns());
        }

        @Override
        public TileMessage read(DataInput in) throws IOException {
            return new TileMessage(
                    in.readInt(),
                    BlockStamp.read(in),
                    new TileRecord(
                            BinaryArrays.readBytes(in),
                            BinaryArrays.readBytes(in),
                            BinaryArrays.readBytes(in)));
        }
    }
}
