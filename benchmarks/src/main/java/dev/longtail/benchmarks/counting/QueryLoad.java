package dev.longtail.benchmarks.counting;

import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks for one random estimate after the other, with a pause between an answer and the next
 * question, and takes the times.
 */
final class QueryLoad implements Runnable {

    private final Query query;
    private final EstimateReader reader;
    private final long pauseMillis;
    private final SplittableRandom random = new SplittableRandom(1);
    private volatile boolean stops;
    private long[] nanos = new long[1024];
    private int answered;
    private int unanswered;

    /** A question with random indices. */
    interface Query {
        void ask(EstimateReader reader, SplittableRandom random)
                throws EstimateUnavailableException;
    }

    QueryLoad(Query query, EstimateReader reader, long pauseMillis) {
        this.query = query;
        this.reader = reader;
        this.pauseMillis = pauseMillis;
    }

    /** Asks some questions whose times do not count: they load classes and connect. */
    void warmUp(int questions) throws EstimateUnavailableException {
        for (int k = 0; k < questions; k++) {
            query.ask(reader, random);
        }
    }

    @Override
    public void run() {
        try {
            while (!stops) {
                ask();
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        long begin = System.nanoTime();
        try {
            query.ask(reader, random);
            add(System.nanoTime() - begin);
        } catch (EstimateUnavailableException e) {
            unanswered++;
        }
    }

    private void add(long taken) {
        if (answered == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * answered);
        }
        nanos[answered++] = taken;
    }

    /** Asks no further question. */
    void stop() {
        stops = true;
    }

    /** Times of the answers; to be read after the thread has ended. */
    Times times() {
        return Times.ofNanos(Arrays.copyOf(nanos, answered));
    }

    /** Questions without an answer; likewise. */
    int unanswered() {
        return unanswered;
    }
}
