package dev.longtail.aggregator.folding;

import java.nio.ByteBuffer;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * Name and types of the tiles' counters in the job's keyed state: what the job writes and what
 * readers of queryable state ask for.
 */
public final class TileState {

    /** Name of the state within its operator, and under which it can be queried. */
    public static final String NAME = "tile-counts";

    private TileState() {}

    /** The bytes of a tile in what Flink stores of it, not copied: its length is before them. */
    public static ByteBuffer in(byte[] stored) {
        return ByteBuffer.wrap(stored, Integer.BYTES, stored.length - Integer.BYTES);
    }

    /**
     * What the job stores: the key is a tile's number, the value the bytes of {@code TileCounts}. A
     * value that was read is good until the next is read or copied.
     */
    public static ValueStateDescriptor<ByteBuffer> stored() {
        return new ValueStateDescriptor<>(NAME, new StoredTileSerializer());
    }

    /**
     * What readers ask for: the key is a tile's number or a {@link TileQuestion}, the value the
     * same bytes.
     */
    public static ValueStateDescriptor<byte[]> descriptor() {
        return new ValueStateDescriptor<>(
                NAME, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }
}
