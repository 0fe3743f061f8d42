package dev.longtail.aggregator.validation;

import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the sequencer learns of each record: the trial in it, or that it was rejected. Rejections
 * travel with the trials so that their number is as exact as all others after a restore.
 */
public sealed interface CheckedRecord permits ReceivedTrial, CheckedRecord.Rejection {

    /** Flink's type of this record. */
    BinaryType<CheckedRecord> TYPE = BinaryType.of(CheckedRecord.class, Form.class);

    /** The record was rejected and went to the dead-letter topic. */
    record Rejection() implements CheckedRecord {}

    /** How it is written between tasks. */
    final class Form implements BinaryForm<CheckedRecord> {

        @Override
        public void write(CheckedRecord message, DataOutput out) throws IOException {
            if (message instanceof ReceivedTrial trial) {
                out.writeBoolean(true);
                out.writeUTF(trial.id());
                BinaryArrays.writeBytes(out, trial.digest());
                out.writeBoolean(trial.converged());
                BinaryArrays.writeBytes(out, trial.mask());
                BinaryArrays.writeBytes(out, trial.trainCorrect());
                BinaryArrays.writeBytes(out, trial.testCorrect());
            } else {
                out.writeBoolean(false);
            }
        }

        @Override
        public CheckedRecord read(DataInput in) throws IOException {
            if (!in.readBoolean()) {
                return new Rejection();
            }
            return new ReceivedTrial(
                    in.readUTF(),
                    BinaryArrays.readBytes(in),
                    in.readBoolean(),
                    BinaryArrays.readBytes(in),
                    BinaryArrays.readBytes(in),
                    BinaryArrays.readBytes(in));
        }
    }
}
