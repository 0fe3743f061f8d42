package dev.longtail.helm;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the topic of an experiment's trials holds: reads on whenever it is asked. */
final class TrialsTopic implements AutoCloseable {

    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
    private final List<Trial> records = new ArrayList<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * @param kafka properties of the client
     * @param experiment one whose topics are there
     */
    TrialsTopic(Properties kafka, String experiment) {
        consumer =
                new KafkaConsumer<>(
                        kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions =
                consumer.partitionsFor(ExperimentTopics.of(experiment).trialsTopic()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records, those of one trial that was published twice as well. */
    List<Trial> records() throws UndecodableRecordException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                records.add(codec.decode(record.value()));
            }
        }
        return List.copyOf(records);
    }

    /**
     * Numbers of the published trials, ascending; a trial that was published twice stands twice.
     */
    List<Integer> numbers() throws UndecodableRecordException {
        return records().stream().map(trial -> Integer.valueOf(trial.getId())).sorted().toList();
    }

    /** The counts that the published trials must give. */
    CountedTrials counted() throws UndecodableRecordException {
        return new CountedTrials(records().stream().map(CountedTrials.Bits::of).toList());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
