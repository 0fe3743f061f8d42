package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.Poison;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that must not be counted, in great number. For each of them one reason is right: the
 * first in the order that {@link TrialRules} gives. Where the {@link Mutation} of a fuzzed record
 * determines it, the rules have to find it, too; where chance does, they decide.
 */
@ExtendWith(TestedSystem.Shared.class)
class PoisonITCase {

    private static final Logger LOG = LoggerFactory.getLogger(PoisonITCase.class);

    /** {@code -Dfaults.fuzzed=N} sets the number. */
    private static final int FUZZED =
            Integer.getInteger("faults.fuzzed", FaultLength.choose(30_000, 1_000_000));

    private static final Duration PATIENCE =
            CountedJob.PATIENCE.plusMillis(FUZZED); // a thousand a second at least
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
            long first = endOffset(system.kafka, topic, 0);
            kinds.forEach(poison -> system.kafka.send(topic, 0, poison.key(), poison.value()));
            system.kafka.flush();
            sendConflicts(system.kafka, job);
            FuzzedRecords fuzzed = new FuzzedRecords(job.trials(), FUZZED);
            SentRecords sent = new SentRecords(system.kafka, topic, PARTITIONS);
            for (int at = 0; at < FUZZED; at++) {
                sent.send(at % PARTITIONS, fuzzed.next());
            }
            system.kafka.flush();

            long notToCount = kinds.size() + CONFLICTS + FUZZED;
            Convergence last = awaitSetAside(system, job, notToCount);
            assertThat(setAside(last)).isEqualTo(notToCount);
            job.assertExact();

            DeadLetters letters = new DeadLetters(system.kafka, load.experiment());
            LOG.info("{} dead letters: {}", letters.size(), letters.reasons());
            assertThat((long) letters.size()).isEqualTo(last.getRejected());
            for (int at = 0; at < kinds.size(); at++) {
                assertThat(letters.at(0, first + at).orElseThrow().reason())
                        .isEqualTo(kinds.get(at).reason());
            }
            TrialsTopicCheck check = new TrialsTopicCheck(job.trials(), letters, sent);
            check.assertEveryRecord(system.kafka);
            LOG.info("fuzzed records: {}", check.fuzzed());
            assertThat(check.fuzzed()).containsOnlyKeys(Mutation.values());
            assertThat(fuzzedCount(check)).isEqualTo(FUZZED);
            assertThat(last.getDuplicates()).isEqualTo(check.known() - load.count());
            assertThat(last.getConflicts()).isEqualTo(check.conflicting());
            assertThat(letters.reasons())
                    .containsKeys(
                            RejectionReason.UNDECODABLE,
                            RejectionReason.UNKNOWN_SCHEMA,
                            RejectionReason.UNKNOWN_EXPERIMENT,
                            RejectionReason.WRONG_KEY,
                            RejectionReason.WRONG_ID,
                            RejectionReason.WRONG_LENGTH,
                            RejectionReason.PADDING_SET,
                            RejectionReason.WRONG_SUBSET_SIZE,
                            RejectionReason.TOO_LARGE);
            assertThat(system.rest.runs()).isTrue();
            assertThat(system.rest.failures()).as("the job has not restarted").isEmpty();
        }
    }

    /** The TaskManagers stay within their memory all the while. */
    private static Convergence awaitSetAside(TestedSystem system, CountedJob job, long sent) {
        ProcessUsage[] most = {new ProcessUsage(0, 0, 0)};
        Convergence last =
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    for (int n = 1; n <= TestedSystem.TASK_MANAGERS; n++) {
                                        most[0] =
                                                most[0].max(
                                                        ProcessUsage.of(
                                                                system.flink.taskManager(n)));
                                    }
                                    return job.progress();
                                },
                                progress -> setAside(progress) >= sent);
        LOG.info("TaskManagers held at most {}", most[0]);
        assertThat(most[0].residentBytes()).isLessThan(FlinkProcesses.TASK_MANAGER_BYTES);
        return last;
    }

    private static long fuzzedCount(TrialsTopicCheck check) {
        return check.fuzzed().values().stream()
                .flatMap(outcomes -> outcomes.values().stream())
                .mapToLong(Integer::longValue)
                .sum();
    }

    private static long setAside(Convergence progress) {
        return progress.getRejected() + progress.getDuplicates() + progress.getConflicts();
    }

    private static long endOffset(ExperimentKafka kafka, String topic, int partition)
            throws Exception {
        TopicPartition asked = new TopicPartition(topic, partition);
        try (Admin admin = Admin.create(kafka.properties())) {
            return admin.listOffsets(java.util.Map.of(asked, OffsetSpec.latest()))
                    .partitionResult(asked)
                    .get()
                    .offset();
        }
    }

    /** The same ids with other answers. */
    private static void sendConflicts(ExperimentKafka kafka, CountedJob job) {
        for (int k = 0; k < CONFLICTS; k++) {
            Trial trial = job.trials().trial(k);
            byte[] answers = trial.getTestCorrect().array().clone();
            answers[0] ^= 1;
            trial.setTestCorrect(ByteBuffer.wrap(answers));
            kafka.send(trial);
        }
        kafka.flush();
    }
}
