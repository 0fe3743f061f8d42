package dev.longtail.aggregator.source;

import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A record as Kafka gave it, not looked into.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param timestamp Kafka's time stamp, milliseconds since 1970-01-01 UTC; negative where it has
 *     none
 * @param key its key, or null
 * @param value its value, or null
 */
public record RawRecord(
        String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {

    /** Flink's type of this record. */
    public static final BinaryType<RawRecord> TYPE = BinaryType.of(RawRecord.class, Form.class);

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<RawRecord> {

        @Override
        public void write(RawRecord message, DataOutput out) throws IOException {
            out.writeUTF(message.topic);
            out.writeInt(message.partition);
            out.writeLong(message.offset);
            out.writeLong(message.timestamp);
            writeNullable(out, message.key);
            writeNullable(out, message.value);
        }

        @Override
        public RawRecord read(DataInput in) throws IOException {
            return new RawRecord(
                    in.readUTF(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    readNullable(in),
                    readNullable(in));
        }

        private static void writeNullable(DataOutput out, byte[] bytes) throws IOException {
            out.writeBoolean(bytes != null);
            if (bytes != null) {
                BinaryArrays.writeBytes(out, bytes);
            }
        }

        private static byte[] readNullable(DataInput in) throws IOException {
            return in.readBoolean() ? BinaryArrays.readBytes(in) : null;
        }
    }
}
