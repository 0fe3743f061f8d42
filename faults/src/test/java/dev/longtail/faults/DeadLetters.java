package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An experiment's dead letters. Only checksums are kept: there may be a million. */
final class DeadLetters {

    private static final int KEPT_BYTES = 64 * 1024;

    private final String topic;
    private final Map<String, Letter> letters = new HashMap<>();
    private final Map<RejectionReason, Integer> reasons = new TreeMap<>();

    /** A letter by what can be compared. */
    record Letter(RejectionReason reason, int size, int checksum) {

        /** Whether it has the size and the beginning of a record's value. */
        boolean isOf(byte[] value) {
            return value == null
                    ? size == -1 && checksum == Arrays.hashCode((byte[]) null)
                    : size == value.length
                            && checksum
                                    == Arrays.hashCode(
                                            Arrays.copyOf(
                                                    value, Math.min(KEPT_BYTES, value.length)));
        }
    }

    /** Reads all dead letters. */
    DeadLetters(ExperimentKafka kafka, String experiment) {
        this.topic = experiment + ".trials";
        RecordCodec<RejectedRecord> codec = RecordCodec.of(RejectedRecord.class);
        CompactedTopic.forEach(
                kafka.properties(),
                experiment + ".rejected",
                (key, record) -> add(key, decode(codec, record.value())));
    }

    private void add(String key, RejectedRecord letter) {
        assertThat(key).isEqualTo(address(letter.getPartition(), letter.getOffset()));
        assertThat(letter.getTopic()).isEqualTo(topic);
        assertThat(letter.getMessage()).isNotBlank();
        byte[] kept = letter.getValue() == null ? null : letter.getValue().array();
        Letter read = new Letter(letter.getReason(), letter.getValueSize(), Arrays.hashCode(kept));
        if (letters.put(key, read) == null) {
            reasons.merge(letter.getReason(), 1, Integer::sum);
        }
    }

    int size() {
        return letters.size();
    }

    /** How many there are for each reason. */
    Map<RejectionReason, Integer> reasons() {
        return reasons;
    }

    /** Every address that a letter names. */
    Set<String> addresses() {
        return letters.keySet();
    }

    /** The letter about the record at an address; empty where there is none. */
    Optional<Letter> at(int partition, long offset) {
        return Optional.ofNullable(letters.get(address(partition, offset)));
    }

    /** An address as letters are keyed by it. */
    String address(int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    private static RejectedRecord decode(RecordCodec<RejectedRecord> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }
}
