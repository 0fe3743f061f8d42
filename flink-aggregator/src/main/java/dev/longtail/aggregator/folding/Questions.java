package dev.longtail.aggregator.folding;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether questions are being asked of the state of this process. Safe for use by several threads.
 *
 * <p>Those who count give way to those who answer, but only while somebody asks: giving way costs
 * them much beside other busy threads, such as trainers on the same machine.
 */
public final class Questions {

    /** A person who looks around asks again within seconds. */
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Flink makes the state and the functions that count apart: they have only this in common. */
    private static final Questions SHARED = new Questions(System.nanoTime());

    private final AtomicLong last;

    /**
     * No question yet.
     *
     * @param nanos {@link System#nanoTime} as of now
     */
    public Questions(long nanos) {
        last = new AtomicLong(nanos - LATELY_NANOS);
    }

    /** Those asked of all jobs whose classes were loaded together with this one. */
    public static Questions shared() {
        return SHARED;
    }

    /** Notes a question at a {@link System#nanoTime}. */
    public void asked(long nanos) {
        last.set(nanos);
    }

    /** Whether one was asked in the ten seconds until a {@link System#nanoTime}. */
    public boolean askedLately(long nanos) {
        return nanos - last.get() < LATELY_NANOS;
    }
}
