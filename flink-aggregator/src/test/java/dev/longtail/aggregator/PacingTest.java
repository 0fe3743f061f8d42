package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacingTest {

    /** A trial has two bits per training and one per test example. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 4096",
        "50000, 10000, 4096",
        "1281167, 50000, 411",
        "2000000000, 0, 1",
    })
    void largeTrialsMakeSmallBlocks(int trainSize, int testSize, int expected) {
        assertThat(Pacing.automaticBlockSize(trainSize, testSize)).isEqualTo(expected);
    }

    /** After five seconds of counting and a pause of 95, counting took a twentieth. */
    @ParameterizedTest
    @CsvSource({"5000, 0.05, 95000", "5000, 0.5, 5000", "5000, 1, 2000", "10, 0.05, 2000"})
    void thePauseLeavesCountingItsShareOfTheTime(long lastMillis, double share, long expected) {
        assertThat(new Pacing(4096, 2000, share).pauseMillis(lastMillis)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void aShareIsAPartOfOne(double share) {
        assertThatThrownBy(() -> new Pacing(1, 1, share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--counting-share in (0, 1]");
    }
}
