package dev.longtail.aggregator.source;

import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** The job's source: the records of the trials topic, undecoded. */
public final class TrialSource {

    /** Milliseconds between looks for new partitions; a bounded source takes those of its start. */
    private static final String DISCOVERY = "partition.discovery.interval.ms";

    private TrialSource() {}

    /**
     * A source.
     *
     * @param topic the trials topic
     * @param kafka client properties, the brokers included
     * @param groupId name under which Kafka shows the job's progress
     * @param start where to begin without state
     * @param bounded whether to end at the records that are there at the start
     */
    public static KafkaSource<RawRecord> of(
            String topic, Properties kafka, String groupId, StartPosition start, boolean bounded) {
        KafkaSourceBuilder<RawRecord> builder =
                KafkaSource.<RawRecord>builder()
                        .setProperties(kafka)
                        .setTopics(topic)
                        .setGroupId(groupId)
                        .setStartingOffsets(start.initializer())
                        .setDeserializer(new RawRecordDeserializer());
        return bounded
                ? builder.setBounded(OffsetsInitializer.latest()).build()
                : builder.setProperty(DISCOVERY, "30000").build();
    }
}
