package dev.longtail.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.util.Properties;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GeneratedTrialsTest {

    private static final Scenario SCENARIO = new Scenario(100_001, 1003, 10, "all", 10, 2);

    private final GeneratedTrials trials = new GeneratedTrials(SCENARIO, new Properties());

    @Test
    void includesSevenOfTenExamples() {
        byte[] mask = bytes(trials.trial(3).getMask());
        assertThat(PackedBits.count(mask) / 100_001.0).isCloseTo(0.7, Offset.offset(0.01));
    }

    @Test
    void twoFifthsOfTheExamplesAreMemorized() {
        Trial trial = trials.trial(4);
        byte[] mask = bytes(trial.getMask());
        byte[] correct = bytes(trial.getTrainCorrect());
        for (int i = 0; i < 64; i++) {
            assertThat(PackedBits.get(correct, i) || !PackedBits.get(mask, i)).isTrue();
        }
    }

    @Test
    void vectorsHaveTheLayoutOfTheWire() {
        Trial trial = trials.trial(5);
        PackedBits.requireLayout(bytes(trial.getMask()), 100_001);
        PackedBits.requireLayout(bytes(trial.getTrainCorrect()), 100_001);
        PackedBits.requireLayout(bytes(trial.getTestCorrect()), 1003);
        assertThat(trial).isEqualTo(trials.trial(5)).isNotEqualTo(trials.trial(6));
    }

    @Test
    void pairsInScopeAreThoseOfTheTiles() {
        assertThat(new Scenario(7, 5, 3, "all", 2, 1).pairsInScope()).isEqualTo(35);
        assertThat(new Scenario(7, 5, 3, "same-class", 2, 1).pairsInScope())
                .isEqualTo(4 * 3 + 3 * 2);
        assertThat(new Scenario(7, 5, 3, "none", 2, 1).updates()).isEqualTo(21);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
