package dev.longtail.aggregator.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Held against Flink's serializer of an array of bytes: of both the same is stored. */
class StoredTileSerializerTest {

    private final TypeSerializer<byte[]> flinks = BytePrimitiveArraySerializer.INSTANCE;
    private final StoredTileSerializer ours = new StoredTileSerializer();

    /** One value after the other, shorter and longer, in the middle of a longer array. */
    @Property(tries = 200, seed = "66")
    void writesAndReadsWhatFlinkDoes(
            @ForAll @IntRange(max = 300) int length,
            @ForAll @IntRange(max = 20) int before,
            @ForAll @IntRange(max = 20) int after,
            @ForAll long seed)
            throws IOException {
        byte[] array = new byte[before + length + after];
        new Random(seed).nextBytes(array);
        byte[] value = Arrays.copyOfRange(array, before, before + length);
        ByteBuffer buffer = ByteBuffer.wrap(array, before, length).slice();

        byte[] stored = stored(flinks, value);
        assertThat(stored(ours, buffer)).isEqualTo(stored);
        assertThat(buffer.remaining()).as("what remains afterwards").isEqualTo(length);
        assertThat(ours.deserialize(new DataInputDeserializer(stored)))
                .isEqualTo(ByteBuffer.wrap(value));
        DataOutputSerializer copied = new DataOutputSerializer(1);
        ours.copy(new DataInputDeserializer(stored), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(stored);
    }

    @Test
    void readsIntoTheSameArrayAgainAndADuplicateIntoAnother() throws IOException {
        byte[] stored = stored(flinks, new byte[] {1, 2, 3});
        byte[] first = ours.deserialize(new DataInputDeserializer(stored)).array();
        assertThat(ours.deserialize(new DataInputDeserializer(stored)).array()).isSameAs(first);
        assertThat(ours.duplicate().deserialize(new DataInputDeserializer(stored)).array())
                .isNotSameAs(first);
    }

    @Test
    void aCopyIsOfBytesOfItsOwn() {
        ByteBuffer value = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        ByteBuffer copy = ours.copy(value);
        value.put(1, (byte) 9);
        assertThat(copy).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
        assertThat(value.remaining()).isEqualTo(2);
    }

    /** Savepoints of releases before, and of this one in those. */
    @Test
    void isCompatibleWithFlinksBothWays() {
        TypeSerializerSnapshot<?> before = flinks.snapshotConfiguration();
        TypeSerializerSnapshot<?> now = ours.snapshotConfiguration();
        assertThat(isCompatible(now, before)).isTrue();
        assertThat(isCompatible(before, now)).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T> boolean isCompatible(
            TypeSerializerSnapshot<T> with, TypeSerializerSnapshot<?> stored) {
        return with.resolveSchemaCompatibility((TypeSerializerSnapshot<T>) stored)
                .isCompatibleAsIs();
    }

    private static <T> byte[] stored(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }
}
