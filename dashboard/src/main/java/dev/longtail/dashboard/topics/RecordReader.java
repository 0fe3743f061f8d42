package dev.longtail.dashboard.topics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads single records by their place. One at a time: the consumer is shared. */
final class RecordReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String FETCH_BYTES = String.valueOf(128 * 1024);

    private final KafkaConsumer<byte[], byte[]> consumer;

    RecordReader(Properties kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        this.consumer = Consumers.open(properties);
    }

    /**
     * The record at a place.
     *
     * @return empty when it is not there any more (compacted away or deleted) or the broker does
     *     not answer in time
     */
    synchronized Optional<ConsumerRecord<byte[], byte[]>> read(Place place) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, place.offset());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> message :
                    consumer.poll(Duration.ofMillis(200)).records(partition)) {
                return message.offset() == place.offset() ? Optional.of(message) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The last record of a topic with one partition. */
    synchronized Optional<ConsumerRecord<byte[], byte[]>> readLast(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
        return end == 0 ? Optional.empty() : read(new Place(topic, 0, end - 1));
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
