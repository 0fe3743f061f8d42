package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
