package dev.longtail.aggregator.folding;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The turns on its processor of a thread that counts or publishes. Not safe for use by several
 * threads.
 *
 * <p>An answer takes eleven threads, one after the other, each of which would wait until the
 * scheduler takes the processor from a thread that counts, some milliseconds later. While questions
 * are asked, those that count give way between rows instead, and those that publish between
 * examples.
 */
public final class Turns {

    /** With turns of a millisecond answers took longer, see docs/decisions/0225. */
    static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

    private final Questions questions;
    private final LongSupplier nanoTime;
    private final Runnable giveWay;
    private long begin;

    /** Gives way while questions are asked of this process. */
    public Turns() {
        this(Questions.shared(), System::nanoTime, Thread::yield);
    }

    /**
     * As {@link #Turns()}, with another clock.
     *
     * @param questions of whoever is given way to
     * @param nanoTime as {@link System#nanoTime}
     * @param giveWay lets others run
     */
    public Turns(Questions questions, LongSupplier nanoTime, Runnable giveWay) {
        this.questions = questions;
        this.nanoTime = nanoTime;
        this.giveWay = giveWay;
        this.begin = nanoTime.getAsLong();
    }

    /** Gives way if this turn was long and somebody asks. */
    public void mayEnd() {
        long now = nanoTime.getAsLong();
        if (now - begin >= TURN_NANOS && questions.askedLately(now)) {
            giveWay.run();
            begin = nanoTime.getAsLong();
        }
    }
}
