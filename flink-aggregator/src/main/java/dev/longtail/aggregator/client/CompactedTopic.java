package dev.longtail.aggregator.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to the end it has now. */
public final class CompactedTopic {

    private static final Duration POLL = Duration.ofMillis(200);

    private CompactedTopic() {}

    /**
     * The newest value per key.
     *
     * @param kafka client properties
     * @return values by key as text; empty where the topic does not exist
     */
    public static Map<String, byte[]> newestByKey(Properties kafka, String topic) {
        Map<String, byte[]> newest = new LinkedHashMap<>();
        forEach(
                kafka,
                topic,
                (key, record) -> {
                    if (record.value() == null) {
                        newest.remove(key);
                    } else {
                        newest.put(key, record.value());
                    }
                });
        return newest;
    }

    /** Whether a topic exists. */
    public static boolean exists(Properties kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return !partitions(consumer, topic).isEmpty();
        }
    }

    /** Gives every record, partition by partition in order, with its key as text. */
    public static void forEach(
            Properties kafka,
            String topic,
            BiConsumer<String, ConsumerRecord<byte[], byte[]>> action) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> all = partitions(consumer, topic);
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.seekToBeginning(all);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL)
                        .forEach(
                                record ->
                                        action.accept(
                                                record.key() == null
                                                        ? ""
                                                        : new String(
                                                                record.key(),
                                                                StandardCharsets.UTF_8),
                                                record));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        return partitions == null
                ? List.of()
                : partitions.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
    }
}
