package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.faults.DeadLetters.Letter;
import dev.longtail.faults.SentRecords.Sent;
import dev.longtail.faults.Verdict.Conflicting;
import dev.longtail.faults.Verdict.Known;
import dev.longtail.faults.Verdict.Rejected;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.schemas.UndecodableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds every record of a trials topic against the {@link TrialRules}, what its {@link Mutation}
 * foresees, and its dead letter.
 */
final class TrialsTopicCheck {

    private final RandomTrials trials;
    private final TrialRules rules;
    private final DeadLetters letters;
    private final SentRecords sent;
    private final Set<String> withoutRecord;
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
    private final Map<Mutation, Map<String, Integer>> fuzzed = new EnumMap<>(Mutation.class);
    private long known;
    private long conflicting;

    TrialsTopicCheck(RandomTrials trials, DeadLetters letters, SentRecords sent) {
        this.trials = trials;
        this.rules = new TrialRules(trials);
        this.letters = letters;
        this.sent = sent;
        this.withoutRecord = new HashSet<>(letters.addresses());
    }

    /** Asserts that each record is rejected for the right reason or for none. */
    void assertEveryRecord(ExperimentKafka kafka) {
        CompactedTopic.forEach(
                kafka.properties(), trials.name + ".trials", (key, record) -> check(record));
        assertThat(withoutRecord).as("letters without a record").isEmpty();
    }

    /** Fuzzed records by mutation and what became of them. */
    Map<Mutation, Map<String, Integer>> fuzzed() {
        return fuzzed;
    }

    /** Trials with the vectors that belong to their ids: all but the first of each are repeats. */
    long known() {
        return known;
    }

    /** Trials with vectors that belong to no or another id. */
    long conflicting() {
        return conflicting;
    }

    private void check(ConsumerRecord<byte[], byte[]> record) {
        String address = letters.address(record.partition(), record.offset());
        withoutRecord.remove(address);
        Verdict verdict = rules.judge(record.key(), record.value());
        Optional<Letter> letter = letters.at(record.partition(), record.offset());
        sent.at(record.partition(), record.offset())
                .ifPresent(mutated -> assertForeseen(mutated, record, verdict, address));
        if (verdict instanceof Rejected rejected) {
            assertThat(letter).as("%s: %s", address, verdict).isPresent();
            assertThat(letter.get().reason()).as(address).isEqualTo(rejected.reason());
            assertThat(letter.get().isOf(record.value())).as(address).isTrue();
        } else {
            known += verdict instanceof Known ? 1 : 0;
            conflicting += verdict instanceof Conflicting ? 1 : 0;
            assertThat(letter).as("%s: %s", address, verdict).isEmpty();
            assertTrial(record);
        }
    }

    private void assertForeseen(
            Sent mutated, ConsumerRecord<byte[], byte[]> record, Verdict verdict, String address) {
        Mutation mutation = mutated.mutation();
        assertThat(Arrays.hashCode(record.value())).as(address).isEqualTo(mutated.checksum());
        assertThat(mutation.foresees(verdict))
                .as("%s: %s after %s", address, verdict, mutation)
                .isTrue();
        fuzzed.computeIfAbsent(mutation, m -> new TreeMap<>())
                .merge(verdict.toString(), 1, Integer::sum);
    }

    /** The record is a trial for the trainers' own codec, too. */
    private void assertTrial(ConsumerRecord<byte[], byte[]> record) {
        Trial trial = decode(record.value());
        assertThat(trial.getExperiment()).isEqualTo(trials.name);
        assertThat(trial.getId()).isEqualTo(new String(record.key(), StandardCharsets.UTF_8));
        BitSet mask = bits(trial.getMask(), trials.trainSize);
        assertThat(mask.cardinality()).isEqualTo(trials.subsetSize);
        bits(trial.getTrainCorrect(), trials.trainSize);
        bits(trial.getTestCorrect(), trials.testSize);
    }

    /** The bits of a vector, which has as many bytes as it needs and nothing behind its end. */
    private static BitSet bits(ByteBuffer vector, int size) {
        assertThat(vector.remaining()).isEqualTo((size + 7) / 8);
        BitSet bits = BitSet.valueOf(vector);
        assertThat(bits.length()).isLessThanOrEqualTo(size);
        return bits;
    }

    private Trial decode(byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }
}
