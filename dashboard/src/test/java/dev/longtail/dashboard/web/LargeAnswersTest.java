package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargeAnswersTest {

    private static final long LARGE = LargeAnswers.LARGE_BYTES;

    @Test
    void refusesWhatWouldExceedTheMemoryUntilOthersHaveEnded() {
        LargeAnswers answers = new LargeAnswers(2 * LARGE);
        assertThat(answers.begin(LARGE)).isTrue();
        assertThat(answers.begin(LARGE)).isTrue();
        assertThat(answers.begin(LARGE)).isFalse();
        assertThat(answers.begin(LARGE - 1)).as("a small one").isTrue();
        answers.end(LARGE - 1);
        answers.end(LARGE);
        assertThat(answers.begin(LARGE)).isTrue();
    }

    @Test
    void letsASingleAnswerOfAnySizePass() {
        LargeAnswers answers = new LargeAnswers(LARGE);
        assertThat(answers.begin(10 * LARGE)).isTrue();
        assertThat(answers.begin(LARGE)).isFalse();
        answers.end(10 * LARGE);
        assertThat(answers.begin(LARGE)).isTrue();
    }
}
