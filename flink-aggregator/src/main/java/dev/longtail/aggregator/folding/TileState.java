package dev.longtail.aggregator.folding;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Name and types of the tiles' counters in the job's keyed state: what the job writes and what
 * readers of queryable state ask for.
 */
public final class TileState {

    /** Name of the state within its operator, and under which it can be queried. */
    public static final String NAME = "tile-counts";

    /** Type of the key: the tile's number. */
    public static final TypeInformation<Integer> KEY_TYPE = Types.INT;

    private TileState() {}

    /** A descriptor: the value is the bytes of {@code TileCounts}. */
    public static ValueStateDescriptor<byte[]> descriptor() {
        return new ValueStateDescriptor<>(
                NAME, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }
}
