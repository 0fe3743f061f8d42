package dev.longtail.aggregator.folding;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the threads that count in this process have rested. Safe for use by several threads.
 *
 * <p>A pass takes so much longer, which is not held against it. Where threads rest that would have
 * had to wait otherwise, or those of another job, it is too much.
 */
public final class RestedTime {

    /** Nobody rests for longer than this times what he counted. */
    public static final int PER_COUNTED = 2;

    /** Those who count and the one who sends to them have nothing else in common. */
    private static final RestedTime SHARED = new RestedTime();

    private final AtomicInteger threads = new AtomicInteger();
    private final LongAdder nanos = new LongAdder();

    RestedTime() {}

    /** That of all jobs whose classes were loaded together with this one. */
    public static RestedTime shared() {
        return SHARED;
    }

    /** One thread more counts. */
    void begin() {
        threads.incrementAndGet();
    }

    /** One thread less counts. */
    void end() {
        threads.decrementAndGet();
    }

    /** One of them has rested, nanoseconds. */
    void add(long rested) {
        nanos.add(rested / Math.max(1, threads.get()));
    }

    /** The average of those who count, milliseconds since this process started. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.sum());
    }
}
