package dev.longtail.aggregator.folding;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The rests of a thread that counts: while questions are asked it rests twice as long as it
 * counted, after every 2 ms and for 20 ms at most. Counting makes garbage and writes files, which
 * holds up answers as well as its use of a processor does, and {@link Turns} cannot give way in
 * what others do for it. Not safe for use by several threads.
 */
final class Rests implements AutoCloseable {

    /** Not worth falling asleep for less. */
    static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A checkpoint's barrier waits for a rest to end. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Questions questions;
    private final RestedTime rested;
    private final LongSupplier nanoTime;
    private final LongConsumer sleep;
    private long countedNanos;

    /** Rests while questions are asked of this process. */
    Rests() {
        this(Questions.shared(), RestedTime.shared(), System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * As {@link #Rests()}, with another clock.
     *
     * @param rested is told of every rest
     * @param nanoTime as {@link System#nanoTime}
     * @param sleep for so many nanoseconds
     */
    Rests(Questions questions, RestedTime rested, LongSupplier nanoTime, LongConsumer sleep) {
        this.questions = questions;
        this.rested = rested;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        rested.begin();
    }

    /**
     * The thread has counted; it rests if that is worth it and somebody asks.
     *
     * @param nanos for how long, whatever it waited for included, nanoseconds
     */
    void counted(long nanos) {
        countedNanos += nanos;
        if (countedNanos < SHORTEST_NANOS) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (questions.askedLately(now)) {
            sleep.accept(Math.min(LONGEST_NANOS, RestedTime.PER_COUNTED * countedNanos));
            rested.add(nanoTime.getAsLong() - now);
        }
        countedNanos = 0;
    }

    /** The thread counts no more. */
    @Override
    public void close() {
        rested.end();
    }
}
