package dev.longtail.aggregator.client;

import java.time.Duration;

/**
 * The connection with a job that is followed when it is started anew. However many questions wait
 * for a job that is away, one looks for it for all of them, and seldom: looking makes consumers of
 * Kafka and asks the cluster, at the very time at which both are busy with bringing the job back.
 */
final class FollowedJob implements AutoCloseable {

    /** A look serves all whose question fails within this time after it began. */
    static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private final Finding finding;
    private volatile JobConnection connection;
    private Look last;

    /** How a job is found. */
    @FunctionalInterface
    interface Finding {

        /**
         * Where the job is now.
         *
         * @param before where it was
         * @return the same where it still is
         * @throws EstimateUnavailableException when there is no job any more
         */
        JobConnection findAgain(JobConnection before) throws EstimateUnavailableException;
    }

    /**
     * A look for the job.
     *
     * @param began in nanoseconds of the clock
     * @param refusal why there is no job; null where there is one
     */
    private record Look(long began, EstimateUnavailableException refusal) {

        boolean isRecent() {
            return System.nanoTime() - began < LOOK_INTERVAL.toNanos();
        }
    }

    FollowedJob(JobConnection first, Finding finding) {
        this.connection = first;
        this.finding = finding;
    }

    JobConnection connection() {
        return connection;
    }

    /**
     * Looks where the job is, after a question was not answered.
     *
     * @param asked the connection that gave no answer
     * @throws EstimateUnavailableException when there is no job any more
     */
    synchronized void lookAgain(JobConnection asked) throws EstimateUnavailableException {
        if (connection != asked) {
            return;
        }
        if (last == null || !last.isRecent()) {
            last = look();
        }
        if (last.refusal() != null) {
            throw new EstimateUnavailableException(
                    last.refusal().reason(), last.refusal().getMessage(), last.refusal());
        }
    }

    private Look look() {
        long began = System.nanoTime();
        try {
            JobConnection old = connection;
            connection = finding.findAgain(old);
            if (connection != old) {
                old.client().close();
            }
            return new Look(began, null);
        } catch (EstimateUnavailableException e) {
            return new Look(began, e);
        }
    }

    @Override
    public void close() {
        connection.client().close();
    }
}
