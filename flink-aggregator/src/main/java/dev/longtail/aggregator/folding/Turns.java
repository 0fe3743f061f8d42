package dev.longtail.aggregator.folding;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The turns of a counting thread on its processor. Not safe for use by several threads.
 *
 * <p>An answer takes eleven threads, one after the other, each of which would wait until the
 * scheduler takes the processor from a thread that counts, some milliseconds later. While questions
 * are asked, counting gives way between rows instead.
 */
final class Turns {

    /** With turns of a millisecond answers took longer, see docs/decisions/0225. */
    static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

    private final Questions questions;
    private final LongSupplier nanoTime;
    private final Runnable giveWay;
    private long begin;

    Turns() {
        this(Questions.shared(), System::nanoTime, Thread::yield);
    }

    Turns(Questions questions, LongSupplier nanoTime, Runnable giveWay) {
        this.questions = questions;
        this.nanoTime = nanoTime;
        this.giveWay = giveWay;
        this.begin = nanoTime.getAsLong();
    }

    /** Gives way if this turn was long and somebody asks. */
    void mayEnd() {
        long now = nanoTime.getAsLong();
        if (now - begin >= TURN_NANOS && questions.askedLately(now)) {
            giveWay.run();
            begin = nanoTime.getAsLong();
        }
    }
}
