package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedTest {

    @Test
    void weighsWhatWasAskedTogetherWithTheAnswer() {
        byte[] answer = new byte[500];
        int asked = new Published.Question("a", 1, "/short").weight(answer);
        int askedAtLength = new Published.Question("a", 1, "/" + "x".repeat(8_000)).weight(answer);
        assertThat(asked).isBetween(500, 1_000);
        assertThat(askedAtLength).isGreaterThan(asked + 8_000);
    }
}
