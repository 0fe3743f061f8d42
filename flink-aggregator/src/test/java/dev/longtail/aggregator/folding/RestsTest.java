package dev.longtail.aggregator.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestsTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Questions questions = new Questions(0);
    private final List<Long> slept = new ArrayList<>();
    private long now;
    private final RestedTime rested = new RestedTime();
    private final Rests rests = new Rests(questions, rested, () -> now, this::sleep);

    private void sleep(long nanos) {
        slept.add(nanos);
        now += nanos;
    }

    private void count(long nanos) {
        now += nanos;
        rests.counted(nanos);
    }

    @Test
    void doesNotRestWhileNobodyAsks() {
        for (int tile = 0; tile < 1_000; tile++) {
            count(3 * MILLI);
        }
        assertThat(slept).isEmpty();
    }

    @Test
    void restsTwiceAsLongAsItCountedWhileSomebodyAsks() {
        count(3 * MILLI);
        questions.asked(now);
        count(3 * MILLI);
        count(5 * MILLI);
        assertThat(slept).containsExactly(6 * MILLI, 10 * MILLI);
        assertThat(rested.millis()).isEqualTo(16);

        now += TimeUnit.SECONDS.toNanos(10);
        count(3 * MILLI);
        assertThat(slept).as("long after the question").hasSize(2);
    }

    @Test
    void putsShortRestsTogether() {
        questions.asked(now);
        for (int tile = 0; tile < 100; tile++) {
            count(MILLI / 4);
        }
        assertThat(slept).hasSize(12).containsOnly(4 * MILLI);
    }

    /** A barrier would wait. */
    @Test
    void restsForTwentyMillisecondsAtMost() {
        questions.asked(now);
        count(900 * MILLI);
        count(2 * MILLI);
        assertThat(slept).containsExactly(20 * MILLI, 4 * MILLI);
    }

    @Test
    void tellsTheAverageOfThoseWhoCount() {
        questions.asked(now);
        try (Rests others = new Rests(questions, rested, () -> now, this::sleep)) {
            count(6 * MILLI);
            others.counted(4 * MILLI);
        }
        assertThat(rested.millis()).isEqualTo(10);
        count(6 * MILLI);
        assertThat(rested.millis()).as("alone again").isEqualTo(22);
    }
}
