package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.schemas.ExperimentTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Removes what an earlier job published to an output whose trials are now counted anew. Its groups
 * may be others and its trial counts are higher, so its values would stand beside the new ones.
 */
public final class StaleOutputs {

    private StaleOutputs() {}

    /**
     * Deletes every key of the compacted topics and all records of the others.
     *
     * @param existing the topics that hold anything; others are not looked into
     * @param kafka client properties
     * @throws IllegalStateException when Kafka refuses or is not reached
     */
    public static void remove(ExperimentTopics topics, Set<String> existing, Properties kafka) {
        try {
            for (String topic :
                    List.of(topics.estimatesTopic(), topics.historyTopic(), topics.pairsTopic())) {
                if (existing.contains(topic)) {
                    removeKeys(topic, kafka);
                }
            }
            removeRecords(
                    Stream.of(topics.convergenceTopic(), topics.rejectedTopic())
                            .filter(existing::contains)
                            .toList(),
                    kafka);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot remove what was published before under '%s': %s"
                            .formatted(topics.output(), e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while removing published values", e);
        }
    }

    private static void removeKeys(String topic, Properties kafka)
            throws ExecutionException, InterruptedException {
        Set<String> keys = CompactedTopic.newestByKey(kafka, topic).keySet();
        if (keys.isEmpty()) {
            return;
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> removed = new ArrayList<>();
            for (String key : keys) {
                removed.add(
                        producer.send(
                                new ProducerRecord<>(
                                        topic, key.getBytes(StandardCharsets.UTF_8), null)));
            }
            producer.flush();
            for (Future<RecordMetadata> each : removed) {
                each.get();
            }
        }
    }

    private static void removeRecords(List<String> topics, Properties kafka)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(
                            topic ->
                                    topic.partitions().stream()
                                            .map(
                                                    partition ->
                                                            new TopicPartition(
                                                                    topic.name(),
                                                                    partition.partition())))
                    .forEach(partition -> ends.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach(
                            (partition, end) ->
                                    all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get();
        }
    }
}
