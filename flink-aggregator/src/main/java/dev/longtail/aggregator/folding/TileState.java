package dev.longtail.aggregator.folding;

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

    /**
     * A descriptor: the key is a tile's number or, of a read, a {@link TileQuestion}; the value is
     * the bytes of {@code TileCounts}.
     */
    public static ValueStateDescriptor<byte[]> descriptor() {
        return new ValueStateDescriptor<>(
                NAME, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }
}
