package dev.longtail.faults;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.faults.FuzzedRecords.Fuzzed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Which fuzzed record stands where in a topic that nobody else writes meanwhile: a producer keeps
 * the order within a partition. The checksum shows that it is this record indeed.
 */
final class SentRecords {

    private final ExperimentKafka kafka;
    private final String topic;
    private final List<Long> firstOffsets = new ArrayList<>();
    private final List<List<Sent>> sent = new ArrayList<>();

    /** A fuzzed record by how it came about and by what can be compared. */
    record Sent(Mutation mutation, int checksum) {}

    /** What is sent from here on goes behind what there is. */
    SentRecords(ExperimentKafka kafka, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        this.kafka = kafka;
        this.topic = topic;
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        IntStream.range(0, partitions)
                .forEach(p -> ends.put(new TopicPartition(topic, p), OffsetSpec.latest()));
        try (Admin admin = Admin.create(kafka.properties())) {
            Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(ends).all().get();
            for (int p = 0; p < partitions; p++) {
                firstOffsets.add(found.get(new TopicPartition(topic, p)).offset());
                sent.add(new ArrayList<>());
            }
        }
    }

    void send(int partition, Fuzzed record) {
        kafka.send(topic, partition, record.key(), record.value());
        sent.get(partition).add(new Sent(record.mutation(), Arrays.hashCode(record.value())));
    }

    /** The fuzzed record at an address; empty where another one stands. */
    Optional<Sent> at(int partition, long offset) {
        long index = offset - firstOffsets.get(partition);
        List<Sent> there = sent.get(partition);
        return index < 0 || index >= there.size()
                ? Optional.empty()
                : Optional.of(there.get((int) index));
    }
}
