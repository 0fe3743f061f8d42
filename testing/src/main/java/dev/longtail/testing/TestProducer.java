package dev.longtail.testing;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records and fails when one of them is not delivered. */
public final class TestProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param client how to reach Kafka
     */
    public TestProducer(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        // A broker takes whatever sequence number it sees first of a producer: were the first of
        // two requests under way refused, because a fresh partition has no leader yet, it could
        // never be delivered any more.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * @param bootstrapServers addresses of brokers
     */
    public static TestProducer of(String bootstrapServers) {
        Properties client = new Properties();
        client.put("bootstrap.servers", bootstrapServers);
        return new TestProducer(client);
    }

    /** Sends a record to any partition. */
    public void send(String topic, String key, byte[] value) {
        send(topic, null, key, value);
    }

    /**
     * @param partition null for any
     * @param key null for none
     * @param value null for a tombstone
     */
    public void send(String topic, Integer partition, String key, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        producer.send(
                new ProducerRecord<>(topic, partition, keyBytes, value),
                (delivered, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /**
     * Waits until all is delivered.
     *
     * @throws IllegalStateException when something was not
     */
    public void flush() {
        producer.flush();
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException("a record was not delivered", first);
        }
    }

    /** Also {@link #flush}. */
    @Override
    public void close() {
        try {
            flush();
        } finally {
            producer.close();
        }
    }
}
