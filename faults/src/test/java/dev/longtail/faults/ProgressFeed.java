package dev.longtail.faults;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a job last published about its progress. Reads on from where it was, so that long tests cost
 * no more than short ones, and waits in silence while the broker is away.
 */
final class ProgressFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final RecordCodec<Convergence> codec = RecordCodec.of(Convergence.class);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private Convergence last;

    ProgressFeed(Properties kafka, String output) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partition =
                List.of(new TopicPartition(ExperimentTopics.of(output).convergenceTopic(), 0));
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
        last =
                Convergence.newBuilder()
                        .setExperiment(output)
                        .setBlock(-1)
                        .setAttempt(-1)
                        .setEmittedAt(Instant.EPOCH)
                        .setTrials(0)
                        .setReceived(0)
                        .build();
    }

    /** The last published progress; its trials are 0 before the first. */
    synchronized Convergence last() {
        var records = consumer.poll(POLL);
        while (!records.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                last = decode(record);
            }
            records = consumer.poll(Duration.ZERO);
        }
        return last;
    }

    private Convergence decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
