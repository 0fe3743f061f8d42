package dev.longtail.aggregator.source;

import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * Where a job without state begins to read. A restored job continues where its state ends; offsets
 * that a consumer group committed are never used, because they say nothing about counters.
 */
public sealed interface StartPosition {

    /** From the first record. */
    record Earliest() implements StartPosition {}

    /**
     * From the first record of each partition with at least this time stamp.
     *
     * @param epochMillis milliseconds since 1970-01-01 UTC
     */
    record Timestamp(long epochMillis) implements StartPosition {}

    /**
     * From this offset in each partition.
     *
     * @param offset at least 0; partitions that end before it contribute nothing before their end
     */
    record Offset(long offset) implements StartPosition {}

    /** The same in the connector's terms. */
    default OffsetsInitializer initializer() {
        if (this instanceof Timestamp timestamp) {
            return OffsetsInitializer.timestamp(timestamp.epochMillis());
        }
        if (this instanceof Offset offset) {
            return new EqualOffsets(offset.offset());
        }
        return OffsetsInitializer.earliest();
    }
}
