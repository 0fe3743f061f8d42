package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.Pacing;

/** Tells from look to look how trials come. Not safe for use by several threads. */
final class ArrivalWatch {

    /** How trials came since the last look. */
    enum Arrivals {
        /**
         * So fast, as when a job catches up, that the block will be full before the next refresh:
         * waiting for that costs one pass over all counters, not two.
         */
        FILLING,
        /** Some wait, no others came: a job that was catching up has all that there is. */
        PAUSED,
        /** None came and none waits. */
        NONE,
        SLOW
    }

    private final Pacing pacing;
    private long lastLook;
    private long pendingAtLook;

    ArrivalWatch(Pacing pacing) {
        this.pacing = pacing;
    }

    /**
     * Looks.
     *
     * @param now the time, milliseconds
     * @param pending trials that wait to be counted
     */
    Arrivals look(long now, long pending) {
        long arrived = pending - pendingAtLook;
        long elapsed = now - lastLook;
        pendingAtLook = pending;
        lastLook = now;
        if (arrived == 0) {
            return pending > 0 ? Arrivals.PAUSED : Arrivals.NONE;
        }
        long missing = pacing.blockSize() - pending;
        return arrived > 0 && missing * elapsed <= arrived * pacing.refreshMillis()
                ? Arrivals.FILLING
                : Arrivals.SLOW;
    }
}
