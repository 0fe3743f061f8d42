package dev.longtail.aggregator.client;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;

/** Newest values of single keys in the output topics. */
final class PublishedValues {

    private PublishedValues() {}

    static Optional<Convergence> progress(Properties kafka, ExperimentTopics topics) {
        return newest(kafka, topics.convergenceTopic(), topics.experiment(), Convergence.class);
    }

    static <T extends SpecificRecordBase> Optional<T> newest(
            Properties kafka, String topic, String key, Class<T> type) {
        return CompactedTopic.newest(kafka, topic, key)
                .map(value -> decode(topic, key, value, RecordCodec.of(type)));
    }

    private static <T extends SpecificRecordBase> T decode(
            String topic, String key, byte[] value, RecordCodec<T> codec) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "the value of '%s' in the topic %s cannot be read: %s"
                            .formatted(key, topic, e.getMessage()),
                    e);
        }
    }
}
