package dev.longtail.aggregator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class BinaryTypeTest {

    private record Message(long number) {}

    /** How it is written. */
    public static final class Form implements BinaryForm<Message> {

        @Override
        public void write(Message message, DataOutput out) throws IOException {
            out.writeLong(message.number);
        }

        @Override
        public Message read(DataInput in) throws IOException {
            return new Message(in.readLong());
        }
    }

    private final TypeSerializer<Message> serializer =
            BinaryType.of(Message.class, Form.class).createSerializer(new SerializerConfigImpl());

    @Test
    void readsWhatItWrote() throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(written(-7));

        assertThat(serializer.deserialize(in)).isEqualTo(new Message(-7));
        assertThat(in.available()).isZero();
    }

    @Test
    void refusesMessagesOfAnotherRelease() throws IOException {
        byte[] bytes = written(5);
        bytes[0]++;

        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 1, found 2")
                .hasMessageContaining("savepoint");
    }

    private byte[] written(long number) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(new Message(number), out);
        return out.getCopyOfBuffer();
    }
}
