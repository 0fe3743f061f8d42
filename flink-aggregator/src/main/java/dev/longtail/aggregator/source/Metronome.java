package dev.longtail.aggregator.source;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Lets records through at a steady rate, for watching a replay. One task at a time: a rate cannot
 * be shared out between tasks that may have nothing to read.
 *
 * @param <T> the record
 */
public final class Metronome<T> extends RichMapFunction<T, T> {

    private final long nanosPerRecord;
    private transient long next;

    /**
     * A rate.
     *
     * @param recordsPerSecond at least 0.1, because barriers wait for as long as records
     * @throws IllegalArgumentException when the rate is smaller
     */
    public Metronome(double recordsPerSecond) {
        if (!(recordsPerSecond >= 0.1)) {
            throw new IllegalArgumentException(
                    "expected --rate of at least 0.1 trials/s, found " + recordsPerSecond);
        }
        this.nanosPerRecord = (long) (TimeUnit.SECONDS.toNanos(1) / recordsPerSecond);
    }

    @Override
    public T map(T record) throws InterruptedException {
        long now = System.nanoTime();
        if (next == 0) {
            next = now;
        }
        while (now < next) {
            LockSupport.parkNanos(next - now);
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled between two records");
            }
            now = System.nanoTime();
        }
        // A pause of the input is not caught up: the rate is a rate to watch.
        next = Math.max(next, now - nanosPerRecord) + nanosPerRecord;
        return record;
    }
}
