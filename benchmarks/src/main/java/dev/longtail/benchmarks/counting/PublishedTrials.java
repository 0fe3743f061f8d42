package dev.longtail.benchmarks.counting;

import java.util.Arrays;

/**
 * When trials were published and when estimates first included them. Trials are counted in the
 * order of their numbers, so that estimates from t trials include exactly numbers 0 to t - 1. Safe
 * for use by several threads.
 */
final class PublishedTrials {

    private final long[] publishedAt;
    private final long[] waited;
    private final int first;
    private int published;
    private int included;

    /**
     * @param first number of the first trial that counts; those before are not measured
     * @param count how many are measured
     */
    PublishedTrials(int first, int count) {
        this.first = first;
        this.publishedAt = new long[count];
        this.waited = new long[count];
    }

    /** The next trial is handed to Kafka at this time. */
    synchronized void publish(long nanoTime) {
        publishedAt[published++] = nanoTime;
    }

    /** Estimates from that many trials could be read at this time. */
    synchronized void include(long trials, long nanoTime) {
        while (included < published && first + included < trials) {
            waited[included] = nanoTime - publishedAt[included];
            included++;
        }
    }

    /** Whether estimates include all. */
    synchronized boolean isDone() {
        return included == waited.length;
    }

    /** Nanoseconds from publication to estimates, per trial included. */
    synchronized long[] waited() {
        return Arrays.copyOf(waited, included);
    }
}
