package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import dev.longtail.schemas.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An experiment's dead letters, held against its trials topic record by record. Only checksums are
 * kept: there may be a million.
 */
final class DeadLetters {

    private static final int KEPT_BYTES = 64 * 1024;

    private final ExperimentKafka kafka;
    private final RandomTrials trials;
    private final String topic;
    private final Map<String, Letter> letters = new HashMap<>();
    private final Map<RejectionReason, Integer> reasons = new TreeMap<>();

    /** A letter by what can be compared. */
    private record Letter(RejectionReason reason, int size, int checksum) {}

    /** Reads all dead letters. */
    DeadLetters(ExperimentKafka kafka, RandomTrials trials) {
        this.kafka = kafka;
        this.trials = trials;
        this.topic = trials.name + ".trials";
        RecordCodec<RejectedRecord> codec = RecordCodec.of(RejectedRecord.class);
        CompactedTopic.forEach(
                kafka.properties(),
                trials.name + ".rejected",
                (key, record) -> {
                    RejectedRecord letter = decode(codec, record.value());
                    assertThat(key)
                            .isEqualTo(
                                    "%s/%d/%d"
                                            .formatted(
                                                    topic,
                                                    letter.getPartition(),
                                                    letter.getOffset()));
                    assertThat(letter.getTopic()).isEqualTo(topic);
                    assertThat(letter.getMessage()).isNotBlank();
                    byte[] kept = letter.getValue() == null ? null : letter.getValue().array();
                    Letter read =
                            new Letter(
                                    letter.getReason(),
                                    letter.getValueSize(),
                                    Arrays.hashCode(kept));
                    if (letters.put(key, read) == null) {
                        reasons.merge(letter.getReason(), 1, Integer::sum);
                    }
                });
    }

    int size() {
        return letters.size();
    }

    /** How many there are for each reason. */
    Map<RejectionReason, Integer> reasons() {
        return reasons;
    }

    /** The reason for which the record at an address was rejected; null where it was not. */
    RejectionReason reason(int partition, long offset) {
        Letter letter = letters.get("%s/%d/%d".formatted(topic, partition, offset));
        return letter == null ? null : letter.reason();
    }

    /**
     * Compares every letter with the record at its address, and sees that every record without a
     * letter is a trial that may be counted.
     */
    void assertMatchTheTopic() {
        RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
        Set<String> unmatched = new java.util.HashSet<>(letters.keySet());
        CompactedTopic.forEach(
                kafka.properties(),
                topic,
                (key, record) -> {
                    String address =
                            "%s/%d/%d".formatted(topic, record.partition(), record.offset());
                    Letter letter = letters.get(address);
                    if (letter == null) {
                        assertValid(decode(codec, record.value()), record);
                        return;
                    }
                    unmatched.remove(address);
                    byte[] value = record.value();
                    assertThat(letter.size()).isEqualTo(value == null ? -1 : value.length);
                    assertThat(letter.checksum())
                            .as(address)
                            .isEqualTo(
                                    Arrays.hashCode(
                                            value == null
                                                    ? null
                                                    : Arrays.copyOf(
                                                            value,
                                                            Math.min(KEPT_BYTES, value.length))));
                });
        assertThat(unmatched).isEmpty();
    }

    private void assertValid(Trial trial, ConsumerRecord<byte[], byte[]> record) {
        assertThat(trial.getId()).isEqualTo(new String(record.key(), StandardCharsets.UTF_8));
        assertThat(PackedBits.count(trial.getMask().array())).isEqualTo(trials.subsetSize);
        assertThat(trial.getTrainCorrect().remaining())
                .isEqualTo(PackedBits.byteLength(trials.trainSize));
        assertThat(trial.getTestCorrect().remaining())
                .isEqualTo(PackedBits.byteLength(trials.testSize));
    }

    private static <T extends org.apache.avro.specific.SpecificRecordBase> T decode(
            RecordCodec<T> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }
}
