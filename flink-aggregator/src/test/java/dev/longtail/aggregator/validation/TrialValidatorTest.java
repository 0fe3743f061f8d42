package dev.longtail.aggregator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.source.RawRecord;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TrialValidatorTest {

    private static final int FUZZED_PER_TRY = 500;

    private final RandomTrials trials = new RandomTrials("valid", 21, 11, 2, 1);
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
    private final TrialValidator validator =
            new TrialValidator(
                    new JobPlan(
                            trials.experiment(),
                            "valid",
                            new PairScope.All(),
                            TileLimits.DEFAULT,
                            false,
                            Thresholds.DEFAULT,
                            Pacing.DEFAULT));

    @Test
    void acceptsATrial() throws Exception {
        ReceivedTrial received = validator.validate(record("0", codec.encode(trials.trial(0))));
        assertThat(received.id()).isEqualTo("0");
        assertThat(received.mask()).isEqualTo(trials.trial(0).getMask().array());
        assertThat(received.digest()).hasSize(16);
    }

    @Test
    void theDigestIsOfTheVectorsOnly() throws Exception {
        Trial again = trials.trial(0);
        again.setWorker("another");
        again.setTrainMillis(1);
        Trial other = trials.trial(1);
        other.setId("0");
        byte[] digest = validator.validate(record("0", codec.encode(trials.trial(0)))).digest();
        assertThat(validator.validate(record("0", codec.encode(again))).digest()).isEqualTo(digest);
        assertThat(validator.validate(record("0", codec.encode(other))).digest())
                .isNotEqualTo(digest);
    }

    @Property(tries = 40)
    void changedBytesAreRejectedOrDecodeToAValidTrial(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] good = codec.encode(trials.trial(0));
        Set<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);
        for (int k = 0; k < FUZZED_PER_TRY; k++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 4));
            for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                ReceivedTrial received = validator.validate(record("0", bytes));
                assertThat(received.id()).isEqualTo("0");
            } catch (InvalidTrialException e) {
                reasons.add(e.reason());
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(reasons).contains(RejectionReason.UNDECODABLE);
    }

    @Property(tries = 40)
    void noiseIsRejected(@ForAll byte[] noise) {
        assertThat(reason(noise)).isIn(RejectionReason.UNDECODABLE, RejectionReason.UNKNOWN_SCHEMA);
    }

    @Test
    void aLargeRecordIsRejectedForItsHeaderFirst() {
        byte[] large = Arrays.copyOf(codec.encode(trials.trial(0)), 100_000);
        assertThat(reason(large)).isEqualTo(RejectionReason.TOO_LARGE);
        large[RecordCodec.HEADER_BYTES - 1] ^= 1;
        assertThat(reason(large)).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        large[0] = '{';
        assertThat(reason(large)).isEqualTo(RejectionReason.UNDECODABLE);
    }

    private RejectionReason reason(byte[] value) {
        return catchThrowableOfType(
                        InvalidTrialException.class, () -> validator.validate(record("0", value)))
                .reason();
    }

    private static RawRecord record(String key, byte[] value) {
        return new RawRecord("valid.trials", 0, 7, 0, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
