package dev.longtail.aggregator.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to the end it has now. */
public final class CompactedTopic {

    private static final long FIRST_WINDOW = 64;
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

    /**
     * The newest value of one key, looked for from the end backwards: what is published again and
     * again is near the end.
     *
     * @return empty where the topic or the key does not exist or was deleted
     */
    public static Optional<byte[]> newest(Properties kafka, String topic, String key) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
            ConsumerRecord<byte[], byte[]> newest = null;
            for (TopicPartition partition : partitions(consumer, topic)) {
                ConsumerRecord<byte[], byte[]> found = newest(consumer, partition, wanted);
                if (found != null && (newest == null || found.timestamp() > newest.timestamp())) {
                    newest = found;
                }
            }
            return Optional.ofNullable(newest).map(ConsumerRecord::value);
        }
    }

    private static ConsumerRecord<byte[], byte[]> newest(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, byte[] key) {
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        long begin = consumer.beginningOffsets(only).get(partition);
        long end = consumer.endOffsets(only).get(partition);
        for (long window = FIRST_WINDOW; end > begin; window *= 4) {
            long from = Math.max(begin, end - window);
            ConsumerRecord<byte[], byte[]> found = null;
            consumer.seek(partition, from);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end && Arrays.equals(record.key(), key)) {
                        found = record;
                    }
                }
            }
            if (found != null) {
                return found;
            }
            end = from;
        }
        return null;
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
