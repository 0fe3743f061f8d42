package dev.longtail.aggregator.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionsTest {

    /** The clock's zero is arbitrary: it may be about to overflow. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, 123_456_789_012L, Long.MAX_VALUE, Long.MIN_VALUE})
    void aQuestionWasAskedLatelyForTenSeconds(long start) {
        Questions questions = new Questions(start);
        long tenSeconds = TimeUnit.SECONDS.toNanos(10);

        assertThat(questions.askedLately(start)).as("none asked").isFalse();
        assertThat(questions.askedLately(start + 1)).as("none asked").isFalse();

        long asked = start + TimeUnit.MINUTES.toNanos(3);
        questions.asked(asked);
        assertThat(questions.askedLately(asked)).isTrue();
        assertThat(questions.askedLately(asked + tenSeconds - 1)).isTrue();
        assertThat(questions.askedLately(asked + tenSeconds)).isFalse();
    }
}
