package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.Poison;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.source.RawRecord;
import dev.longtail.aggregator.validation.InvalidTrialException;
import dev.longtail.aggregator.validation.TrialValidator;
import dev.longtail.faults.FuzzedRecords.Fuzzed;
import dev.longtail.faults.Verdict.Conflicting;
import dev.longtail.faults.Verdict.Known;
import dev.longtail.faults.Verdict.Rejected;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The rules that {@link PoisonITCase} holds dead letters against, without a system. */
class FuzzedRecordsTest {

    private static final int FUZZED = 5_000;

    private final RandomTrials trials = Load.of("poison", 300).trials();
    private final TrialRules rules = new TrialRules(trials);
    private final TrialValidator validator =
            new TrialValidator(
                    trials.name,
                    trials.trainSize,
                    trials.testSize,
                    OptionalInt.of(trials.subsetSize));
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);

    @Test
    void theRulesKnowTrialsAndTheirConflicts() {
        Trial trial = trials.trial(7);
        assertThat(rules.judge(bytes("7"), codec.encode(trial))).isEqualTo(new Known());
        byte[] answers = trial.getTrainCorrect().array().clone();
        answers[0] ^= 1;
        trial.setTrainCorrect(ByteBuffer.wrap(answers));
        assertThat(rules.judge(bytes("7"), codec.encode(trial))).isEqualTo(new Conflicting());
    }

    @Test
    void theRulesFindTheReasonsOfHandMadePoison() {
        for (Poison poison : Poison.ofEachKind(trials)) {
            assertThat(rules.judge(bytes(poison.key()), poison.value()))
                    .isEqualTo(new Rejected(poison.reason()));
        }
    }

    @Test
    void theRulesFindWhatTheMutationForesees() {
        FuzzedRecords fuzzed = new FuzzedRecords(trials, 1);
        for (int at = 0; at < FUZZED; at++) {
            Fuzzed record = fuzzed.next();
            Verdict verdict = rules.judge(bytes(record.key()), record.value());
            assertThat(record.mutation().foresees(verdict))
                    .as("%s after %s", verdict, record.mutation())
                    .isTrue();
        }
    }

    @Test
    void theJobsValidationAgreesWithTheRules() {
        FuzzedRecords fuzzed = new FuzzedRecords(trials, 2);
        for (int at = 0; at < FUZZED; at++) {
            Fuzzed record = fuzzed.next();
            byte[] key = bytes(record.key());
            Optional<RejectionReason> expected =
                    rules.judge(key, record.value()) instanceof Rejected rejected
                            ? Optional.of(rejected.reason())
                            : Optional.empty();
            assertThat(reasonOfTheJob(key, record.value()))
                    .as("%s", record.mutation())
                    .isEqualTo(expected);
        }
    }

    private Optional<RejectionReason> reasonOfTheJob(byte[] key, byte[] value) {
        try {
            validator.validate(new RawRecord("poison.trials", 0, 0, 0, key, value));
            return Optional.empty();
        } catch (InvalidTrialException e) {
            return Optional.of(e.reason());
        }
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
