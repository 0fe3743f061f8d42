package dev.longtail.benchmarks.counting;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sees a job's publications as any reader does: from its topics. A publication is there when the
 * estimates of all train groups and the convergence record with their number of trials have come.
 * For use by one thread.
 */
final class PublicationWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String estimatesTopic;
    private final RecordCodec<MemorizationBlock> estimates =
            RecordCodec.of(MemorizationBlock.class);
    private final RecordCodec<Convergence> convergence = RecordCodec.of(Convergence.class);
    private final TreeMap<Long, Parts> incomplete = new TreeMap<>();

    /**
     * A complete publication.
     *
     * @param trials how many trials it is from
     * @param nanoTime when its last part was read, by {@link System#nanoTime}
     */
    record Publication(long trials, long nanoTime) {}

    private static final class Parts {
        private final Set<Integer> groups = new HashSet<>();
        private int missing = Integer.MAX_VALUE;
        private boolean hasConvergence;
    }

    /**
     * Reads from the beginning.
     *
     * @param client Kafka client properties
     * @param output prefix of the job's topics, which exist
     */
    PublicationWatch(Properties client, String output) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        properties.put("auto.offset.reset", "earliest");
        this.consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ExperimentTopics topics = ExperimentTopics.of(output);
        this.estimatesTopic = topics.estimatesTopic();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(estimatesTopic, topics.convergenceTopic())) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Publications that were completed within a tenth of a second from now; may be none. */
    List<Publication> next() {
        List<Publication> completed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            long trials = add(record);
            if (isComplete(trials)) {
                completed.add(new Publication(trials, System.nanoTime()));
                incomplete.headMap(trials, true).clear();
            }
        }
        return completed;
    }

    private long add(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(estimatesTopic)) {
                MemorizationBlock block = estimates.decode(record.value());
                Parts parts = parts(block.getTrials());
                parts.groups.add(block.getGroup());
                parts.missing = block.getGroups() - parts.groups.size();
                return block.getTrials();
            }
            Convergence figures = convergence.decode(record.value());
            parts(figures.getTrials()).hasConvergence = true;
            return figures.getTrials();
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "cannot read what the job published in %s at offset %d"
                            .formatted(record.topic(), record.offset()),
                    e);
        }
    }

    private Parts parts(long trials) {
        return incomplete.computeIfAbsent(trials, key -> new Parts());
    }

    private boolean isComplete(long trials) {
        Parts parts = parts(trials);
        return parts.missing == 0 && parts.hasConvergence;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
