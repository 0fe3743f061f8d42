package dev.longtail.local.experiments;

import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics as they are now: from the beginning, or the last record, to the end at the time of
 * the call. A topic that does not exist reads as empty. For use by one thread.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param kafka properties of Kafka clients
     */
    public TopicReader(Properties kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.bootstrapServers = kafka.getProperty("bootstrap.servers");
        this.consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Names of all topics. */
    public Set<String> topics() {
        return listing().keySet();
    }

    /** Number of records that a topic without compaction ever got. */
    public long size(String topic) {
        return consumer.endOffsets(partitions(topic), PATIENCE).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The newest value of every key of a compacted topic, in the order of their first writing. */
    public <T extends SpecificRecordBase> Map<String, T> newest(
            String topic, RecordCodec<T> codec) {
        Map<String, T> values = new LinkedHashMap<>();
        read(
                topic,
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (record.value() == null) {
                        values.remove(key);
                    } else {
                        values.put(key, decode(record, codec));
                    }
                });
        return values;
    }

    /** The last value of each partition. */
    public <T extends SpecificRecordBase> List<T> last(String topic, RecordCodec<T> codec) {
        List<T> values = new ArrayList<>();
        for (TopicPartition partition : partitions(topic)) {
            long end = end(partition);
            if (end > 0) {
                read(partition, end - 1, end, record -> values.add(decode(record, codec)));
            }
        }
        return values;
    }

    /** All records of a topic, partition by partition. */
    public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        for (TopicPartition partition : partitions(topic)) {
            long begin = consumer.beginningOffsets(List.of(partition), PATIENCE).get(partition);
            read(partition, begin, end(partition), handler);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void read(
            TopicPartition partition,
            long begin,
            long end,
            Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, begin);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long position = begin;
        while (position < end) {
            consumer.poll(POLL).records(partition).stream()
                    .filter(record -> record.offset() < end)
                    .forEach(handler);
            long reached = consumer.position(partition, PATIENCE);
            if (reached > position) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "Kafka sends nothing of %s from offset %d on, expected records up to %d; waited %d s"
                                .formatted(
                                        partition,
                                        position,
                                        end,
                                        TimeUnit.NANOSECONDS.toSeconds(PATIENCE.toNanos())));
            }
            position = reached;
        }
    }

    private Map<String, List<PartitionInfo>> listing() {
        try {
            return consumer.listTopics(PATIENCE);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka does not answer at %s within %d s: see 'longtail status', or name another with --bootstrap-servers"
                            .formatted(bootstrapServers, PATIENCE.toSeconds()),
                    e);
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return listing().getOrDefault(topic, List.of()).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
    }

    private static <T extends SpecificRecordBase> T decode(
            ConsumerRecord<byte[], byte[]> record, RecordCodec<T> codec) {
        try {
            return codec.decode(record.value());
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "cannot read the record in topic %s, partition %d, offset %d: %s"
                            .formatted(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    e.getMessage()),
                    e);
        }
    }
}
