package dev.longtail.aggregator.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** The same offset in every partition, within what the partition holds. */
final class EqualOffsets implements OffsetsInitializer {

    private final long offset;

    EqualOffsets(long offset) {
        this.offset = offset;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> first = retriever.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = retriever.endOffsets(partitions);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long within = Math.min(offset, end.get(partition));
            offsets.put(partition, Math.max(within, first.get(partition)));
        }
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
