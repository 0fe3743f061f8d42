package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.folding.RestedTime;
import java.util.function.LongSupplier;

/**
 * When the next publication is due. The pause after a pass is a multiple of how long the pass took
 * without rests, except until one since the start has reached all tiles and published: that one
 * waited for compilers and for everything else that starts, several times as long as those after
 * it, and a pause in proportion would show figures that are minutes old.
 *
 * <p>While old trials are read, as by a job that catches up, figures would be of a part of what is
 * there, at the price of all: they are put off until the job has caught up, for a minute at most.
 * Not safe for use by several threads; {@link #lastSendingMillis} is.
 */
final class RefreshClock {

    /** A trial that was published so long ago has waited for the job, not for its trainer. */
    private static final long BACKLOG_MILLIS = 10_000;

    private static final long LONGEST_DELAY_MILLIS = 60_000;

    private final Pacing pacing;
    private final LongSupplier restedMillis;
    private boolean isBehind;
    private long sendingSince;
    private long restedBefore;
    private long lastPublication;
    private long pause;
    private boolean isWhole;

    /** Whether a whole pass since the start has published, too. */
    private boolean isWarm;

    private volatile long lastSendingMillis;

    /**
     * A clock of a job that starts.
     *
     * @param restedMillis how long those who count have rested by now, since any moment: a pass
     *     takes so much longer, and the pause after it does not
     * @param now the time, milliseconds, as of all methods here
     */
    RefreshClock(Pacing pacing, LongSupplier restedMillis, long now) {
        this.pacing = pacing;
        this.restedMillis = restedMillis;
        this.lastPublication = now;
        this.pause = pacing.pauseMillis(0);
    }

    /** A pass over all tiles begins. */
    void beginSending(long now) {
        sendingSince = now;
        restedBefore = restedMillis.getAsLong();
        isWhole = true;
    }

    /** A pass goes on that an earlier attempt began. */
    void resumeSending(long now) {
        sendingSince = now;
        restedBefore = restedMillis.getAsLong();
        isWhole = false;
    }

    /**
     * The pass has reached all tiles.
     *
     * @param publishes whether it asked them to publish
     */
    void endSending(long now, boolean publishes) {
        lastSendingMillis = now - sendingSince;
        long rested = restedMillis.getAsLong() - restedBefore;
        // Where it says more, others rested, or what would have waited anyway.
        long counted =
                Math.max(
                        lastSendingMillis - rested,
                        lastSendingMillis / (1 + RestedTime.PER_COUNTED));
        pause = pacing.pauseMillis(isWarm ? counted : 0);
        if (publishes) {
            lastPublication = now;
            isWarm |= isWhole;
        }
    }

    /** Something was published without a pass. */
    void published(long now) {
        lastPublication = now;
    }

    /**
     * A trial was read.
     *
     * @param published when it was published, milliseconds, by the clock of its trainer or broker
     */
    void arrived(long now, long published) {
        isBehind = now - published > BACKLOG_MILLIS;
    }

    /** No trial that is to be counted came for a while. */
    void paused() {
        isBehind = false;
    }

    /** Whether the pause is over and, for a minute, nothing old is being read. */
    boolean isDue(long now) {
        return now - lastPublication >= pause + (isBehind ? LONGEST_DELAY_MILLIS : 0);
    }

    /** How long the last pass took; 0 before its end. */
    long lastSendingMillis() {
        return lastSendingMillis;
    }
}
