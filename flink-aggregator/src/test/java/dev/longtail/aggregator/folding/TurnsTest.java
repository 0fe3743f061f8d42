package dev.longtail.aggregator.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {

    /** Between two looks at the clock. */
    private static final long ROWS_NANOS = TimeUnit.MICROSECONDS.toNanos(40);

    private final Questions questions = new Questions(0);
    private long now;
    private int given;
    private final Turns turns = new Turns(questions, () -> now, this::giveWay);

    /** Others are served for three milliseconds: no part of the turn that begins then. */
    private void giveWay() {
        given++;
        now += TimeUnit.MILLISECONDS.toNanos(3);
    }

    private void count(int looks) {
        for (int look = 0; look < looks; look++) {
            now += ROWS_NANOS;
            turns.mayEnd();
        }
    }

    @Test
    void keepsTheProcessorWhileNobodyAsks() {
        count(100_000);
        assertThat(given).isZero();
    }

    @Test
    void givesWayAfterEveryTurnFromAQuestionOnUntilNobodyAsksAnyMore() {
        count(1_000);
        questions.asked(now);
        turns.mayEnd();
        assertThat(given).as("in a turn that was long already").isEqualTo(1);

        count(400);
        // A turn ends at the first look after its 150 microseconds: every fourth.
        assertThat(given).isEqualTo(1 + 100);

        now += TimeUnit.SECONDS.toNanos(10);
        count(400);
        assertThat(given).as("long after the question").isEqualTo(1 + 100);
    }
}
