package dev.longtail.aggregator.folding;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Reads and writes the bytes of a tile's counters as Flink does an array of bytes, and so that
 * savepoints of both can be read by both, but into one buffer: a tile at CIFAR-100's size has 250
 * KB, and a copy of it per read, and one more per write, was a quarter of all garbage of a count
 * (docs/decisions 0229).
 *
 * <p>Buffers have arrays; what remains in them is the value. What was read is good until the next
 * is read or copied. Not safe for use by several threads, as all of Flink's serializers, which
 * duplicates it.
 */
final class StoredTileSerializer extends TypeSerializer<ByteBuffer> {

    private static final long serialVersionUID = 1;

    /** An eighth more than is needed, for the tile after. */
    private static final int SPARE = 8;

    private transient byte[] read;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<ByteBuffer> duplicate() {
        return new StoredTileSerializer();
    }

    @Override
    public ByteBuffer createInstance() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public ByteBuffer copy(ByteBuffer from) {
        return ByteBuffer.allocate(from.remaining()).put(from.duplicate()).flip();
    }

    @Override
    public ByteBuffer copy(ByteBuffer from, ByteBuffer reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(ByteBuffer value, DataOutputView target) throws IOException {
        target.writeInt(value.remaining());
        target.write(value.array(), value.arrayOffset() + value.position(), value.remaining());
    }

    @Override
    public ByteBuffer deserialize(DataInputView source) throws IOException {
        int length = source.readInt();
        if (read == null || read.length < length) {
            read = new byte[length + length / SPARE];
        }
        source.readFully(read, 0, length);
        return ByteBuffer.wrap(read, 0, length);
    }

    @Override
    public ByteBuffer deserialize(ByteBuffer reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTileSerializer;
    }

    @Override
    public int hashCode() {
        return StoredTileSerializer.class.hashCode();
    }

    /** Flink's of an array of bytes: what is written does not tell which of both wrote it. */
    @Override
    @SuppressWarnings("unchecked")
    public TypeSerializerSnapshot<ByteBuffer> snapshotConfiguration() {
        TypeSerializerSnapshot<?> bytes =
                BytePrimitiveArraySerializer.INSTANCE.snapshotConfiguration();
        return (TypeSerializerSnapshot<ByteBuffer>) bytes;
    }
}
