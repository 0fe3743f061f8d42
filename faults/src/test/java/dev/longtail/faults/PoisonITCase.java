package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.Poison;
import dev.longtail.faults.FuzzedRecords.Fuzzed;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that must not be counted, in great number. */
@ExtendWith(TestedSystem.Shared.class)
class PoisonITCase {

    private static final Logger LOG = LoggerFactory.getLogger(PoisonITCase.class);
    private static final int FUZZED = FaultLength.choose(20_000, 1_000_000);
    private static final int CONFLICTS = 50;
    private static final int PARTITIONS = 3;

    @Test
    void poisonIsSetAsideWithItsReasonAndChangesNoCounter(TestedSystem system) throws Exception {
        Load load = Load.of("poison", 300);
        String topic = load.experiment() + ".trials";
        try (CountedJob job = new CountedJob(system, load, PARTITIONS)) {
            job.start(2);
            for (int k = 0; k < load.count(); k++) {
                system.kafka.send(job.trials().trial(k));
            }
            system.kafka.flush();
            job.awaitTrials(load.count());

            List<Poison> kinds = Poison.ofEachKind(job.trials());
            kinds.forEach(poison -> system.kafka.send(topic, 0, poison.key(), poison.value()));
            sendConflicts(system.kafka, job);
            FuzzedRecords fuzzed = new FuzzedRecords(job.trials(), FUZZED);
            for (int at = 0; at < FUZZED; at++) {
                Fuzzed record = fuzzed.next();
                system.kafka.send(topic, at % PARTITIONS, record.key(), record.value());
            }
            system.kafka.flush();

            long sent = kinds.size() + CONFLICTS + FUZZED;
            Convergence last = job.awaitProgress(progress -> setAside(progress) >= sent);
            assertThat(setAside(last)).isEqualTo(sent);
            assertThat(last.getConflicts()).isGreaterThanOrEqualTo(CONFLICTS);
            assertThat(last.getRejected()).isGreaterThan(FUZZED * 3L / 4);
            job.assertExact();
            assertDeadLetters(system.kafka, load, last.getRejected());
        }
    }

    private static long setAside(Convergence progress) {
        return progress.getRejected() + progress.getDuplicates() + progress.getConflicts();
    }

    /** The same ids with other answers. */
    private static void sendConflicts(ExperimentKafka kafka, CountedJob job) {
        for (int k = 0; k < CONFLICTS; k++) {
            Trial trial = job.trials().trial(k);
            byte[] answers = trial.getTestCorrect().array().clone();
            answers[0] ^= 1;
            trial.setTestCorrect(java.nio.ByteBuffer.wrap(answers));
            kafka.send(trial);
        }
        kafka.flush();
    }

    private static void assertDeadLetters(ExperimentKafka kafka, Load load, long rejected) {
        Map<String, RejectedRecord> letters =
                kafka.newest(load.experiment() + ".rejected", RejectedRecord.class);
        Map<RejectionReason, Integer> reasons = new TreeMap<>();
        letters.forEach(
                (key, letter) -> {
                    assertThat(key)
                            .isEqualTo(
                                    "%s.trials/%d/%d"
                                            .formatted(
                                                    load.experiment(),
                                                    letter.getPartition(),
                                                    letter.getOffset()));
                    assertThat(letter.getMessage()).isNotBlank();
                    reasons.merge(letter.getReason(), 1, Integer::sum);
                });
        LOG.info("{} dead letters: {}", letters.size(), reasons);
        assertThat(letters).hasSize(Math.toIntExact(rejected));
        assertThat(reasons.keySet())
                .contains(
                        RejectionReason.UNDECODABLE,
                        RejectionReason.UNKNOWN_SCHEMA,
                        RejectionReason.UNKNOWN_EXPERIMENT,
                        RejectionReason.WRONG_KEY,
                        RejectionReason.WRONG_ID,
                        RejectionReason.WRONG_LENGTH,
                        RejectionReason.PADDING_SET,
                        RejectionReason.WRONG_SUBSET_SIZE,
                        RejectionReason.TOO_LARGE);
    }
}
