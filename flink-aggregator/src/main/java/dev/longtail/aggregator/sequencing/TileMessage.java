package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Everything one tile needs to count a block of trials, and to publish what follows from it.
 *
 * @param tile the tile's number, its key
 * @param stamp the block
 * @param block the trials in the form of {@link dev.longtail.estimators.counting.TileBlock}; empty
 *     when nothing is to be counted but the present counters are to be published
 */
public record TileMessage(int tile, BlockStamp stamp, byte[] block) {

    /** Flink's type of this record. */
    public static final BinaryType<TileMessage> TYPE = BinaryType.of(TileMessage.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<TileMessage> {

        @Override
        public void write(TileMessage message, DataOutput out) throws IOException {
            out.writeInt(message.tile);
            message.stamp.write(out);
            BinaryArrays.writeBytes(out, message.block);
        }

        @Override
        public TileMessage read(DataInput in) throws IOException {
            return new TileMessage(in.readInt(), BlockStamp.read(in), BinaryArrays.readBytes(in));
        }
    }
}
