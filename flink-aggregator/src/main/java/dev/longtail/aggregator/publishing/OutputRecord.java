package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.wire.BinaryArrays;
import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A record for one of the output topics.
 *
 * @param topic its topic
 * @param key its key, UTF-8
 * @param value its value in single-object encoding
 */
public record OutputRecord(String topic, byte[] key, byte[] value) {

    /** Flink's type of this record. */
    public static final BinaryType<OutputRecord> TYPE =
            BinaryType.of(OutputRecord.class, Form.class);

    /** A record with a key of text. */
    public static OutputRecord of(String topic, String key, byte[] value) {
        return new OutputRecord(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** How it is written between tasks. */
    public static final class Form implements BinaryForm<OutputRecord> {

        @Override
        public void write(OutputRecord message, DataOutput out) throws IOException {
            out.writeUTF(message.topic);
            BinaryArrays.writeBytes(out, message.key);
            BinaryArrays.writeBytes(out, message.value);
        }

        @Override
        public OutputRecord read(DataInput in) throws IOException {
            return new OutputRecord(
                    in.readUTF(), BinaryArrays.readBytes(in), BinaryArrays.readBytes(in));
        }
    }
}
