package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.Pacing;
import org.junit.jupiter.api.Test;

class RefreshClockTest {

    private static final long START = 1_000_000;
    private static final int REFRESH = 2_000;

    private long rested = 77;
    private final RefreshClock clock =
            new RefreshClock(new Pacing(64, REFRESH, 0.05), () -> rested, START);

    @Test
    void waitsForARefreshAfterAStart() {
        assertDueAt(START + REFRESH);
        assertThat(clock.lastSendingMillis()).isZero();
    }

    @Test
    void doesNotPauseInProportionToThePassThatStartedEverything() {
        long published = pass(START + REFRESH, 10_000);

        assertDueAt(published + REFRESH);
        assertThat(clock.lastSendingMillis()).isEqualTo(10_000);
    }

    /** After four seconds of counting and a pause of 76, counting took a twentieth. */
    @Test
    void pausesInProportionToEveryLaterPass() {
        long first = pass(START + REFRESH, 10_000);
        long second = pass(first + REFRESH, 4_000);
        assertDueAt(second + 76_000);

        long third = pass(second + 76_000, 5_000);
        assertDueAt(third + 95_000);
    }

    /** While questions are asked, those who count rest. */
    @Test
    void doesNotPauseForTheTimeThatAPassRested() {
        long first = pass(START + REFRESH, 10_000);
        clock.beginSending(first + REFRESH);
        rested += 4_000;
        clock.endSending(first + REFRESH + 8_000, true);
        assertThat(clock.lastSendingMillis()).isEqualTo(8_000);
        assertDueAt(first + REFRESH + 8_000 + 76_000);

        clock.resumeSending(START + 500_000);
        rested += 1_000;
        clock.endSending(START + 503_000, true);
        assertDueAt(START + 503_000 + 19 * 2_000);
    }

    /** Those of another job, or where it would have waited anyway. */
    @Test
    void takesNoMoreThanTwoThirdsOfAPassForRests() {
        long first = pass(START + REFRESH, 10_000);
        clock.beginSending(first + REFRESH);
        rested += 11_000;
        clock.endSending(first + REFRESH + 12_000, true);
        assertDueAt(first + REFRESH + 12_000 + 76_000);
    }

    /** Of a backlog longer than a block, the first blocks may be counted without publishing. */
    @Test
    void takesNoPassForTheFirstThatDidNotPublish() {
        clock.beginSending(START);
        clock.endSending(START + 8_000, false);
        assertThat(clock.isDue(START + 8_000)).isTrue();

        long published = pass(START + 8_000, 10_000);

        assertDueAt(published + REFRESH);
    }

    /** What is left of a pass that a restored job goes on with is over soon. */
    @Test
    void takesNoRestOfAPassForTheFirst() {
        clock.resumeSending(START);
        clock.endSending(START + 100, true);
        assertDueAt(START + 100 + REFRESH);

        long published = pass(START + 100 + REFRESH, 10_000);

        assertDueAt(published + REFRESH);
    }

    @Test
    void countsThePauseFromAReportWithoutAPass() {
        clock.published(START + REFRESH);

        assertDueAt(START + 2 * REFRESH);
    }

    @Test
    void waitsForTheEndOfABacklog() {
        clock.arrived(START + REFRESH, START + REFRESH - 10_001);
        assertThat(clock.isDue(START + REFRESH)).isFalse();

        clock.paused();
        assertDueAt(START + REFRESH);

        clock.arrived(START + REFRESH, START + REFRESH - 10_001);
        clock.arrived(START + REFRESH, START + REFRESH - 10_000);
        assertDueAt(START + REFRESH);
    }

    /** As when a trainer's clock is slow, or there is more than the job can read. */
    @Test
    void waitsForABacklogForAMinuteAtMost() {
        clock.arrived(START, START - 10_001);

        assertDueAt(START + REFRESH + 60_000);
    }

    private long pass(long begin, long millis) {
        clock.beginSending(begin);
        clock.endSending(begin + millis, true);
        return begin + millis;
    }

    private void assertDueAt(long time) {
        assertThat(clock.isDue(time - 1)).isFalse();
        assertThat(clock.isDue(time)).isTrue();
    }
}
