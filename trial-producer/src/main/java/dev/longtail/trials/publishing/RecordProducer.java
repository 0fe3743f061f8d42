package dev.longtail.trials.publishing;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records that must neither be lost nor doubled: idempotent, acknowledged by all replicas,
 * retried for {@value #DELIVERY_TIMEOUT_MS} ms. A record that cannot be delivered fails the next
 * call. Safe for use by several threads.
 */
final class RecordProducer implements AutoCloseable {

    /** Long enough for a broker to be restarted. */
    static final int DELIVERY_TIMEOUT_MS = 600_000;

    private static final int SMALLEST_BUFFER = 32 * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Undelivered> failure = new AtomicReference<>();

    /**
     * @param client properties of the Kafka client; may override the delivery timeout
     * @param largestRecord bytes
     */
    RecordProducer(Properties client, int largestRecord) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.putAll(client);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // A broker takes whatever sequence number it sees first of a producer. Were the first batch
        // to a fresh partition refused because its leader is not ready yet, while the second,
        // already
        // under way, is taken, the first could never be delivered any more.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largestRecord);
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(SMALLEST_BUFFER, 4L * largestRecord));
        this.producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Hands a record to Kafka.
     *
     * @throws KafkaFailureException when this or an earlier record cannot be delivered
     */
    void send(String topic, String key, byte[] value) {
        throwFailure();
        try {
            producer.send(
                    new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
                    (metadata, error) -> {
                        if (error != null) {
                            failure.compareAndSet(null, new Undelivered(topic, key, error));
                        }
                    });
        } catch (KafkaException e) {
            throw new Undelivered(topic, key, e).toException();
        }
    }

    /**
     * Waits until everything sent so far is acknowledged.
     *
     * @throws KafkaFailureException when something cannot be delivered
     */
    void flush() {
        producer.flush();
        throwFailure();
    }

    /** Delivers what is under way, then ends. */
    @Override
    public void close() {
        producer.close();
        throwFailure();
    }

    private void throwFailure() {
        Undelivered failed = failure.get();
        if (failed != null) {
            throw failed.toException();
        }
    }

    /** The first record that cannot be delivered. */
    private record Undelivered(String topic, String key, Exception cause) {

        /**
         * A new one for every call that fails: the call to close fails after another one did, and
         * no exception can be suppressed by itself.
         */
        KafkaFailureException toException() {
            return new KafkaFailureException(
                    "cannot deliver record '%s' to topic %s".formatted(key, topic), cause);
        }
    }
}
