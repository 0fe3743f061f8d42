package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the sequencer knows about the run. With {@code stamp.publish()} it announces the publication
 * of a block; otherwise it only brings newer numbers of records.
 *
 * @param stamp the last block sent to the tiles, or the one being sent when it is announced
 * @param tally what became of the records
 * @param totals sums over the trials up to and including the block of the stamp
 */
public record Progress(BlockStamp stamp, Tally tally, TrialTotals totals) {

    /** Flink's type of this record. */
    public static final BinaryType<Progress> TYPE = BinaryType.of(Progress.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<Progress> {

        @Override
        public void write(Progress message, DataOutput out) throws IOException {
            message.stamp.write(out);
            message.tally.write(out);
            message.totals.write(out);
        }

        @Override
        public Progress read(DataInput in) throws IOException {
            return new Progress(BlockStamp.read(in), Tally.read(in), TrialTotals.read(in));
        }
    }
}
