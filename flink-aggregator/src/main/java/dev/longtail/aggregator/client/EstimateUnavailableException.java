package dev.longtail.aggregator.client;

/** There is no answer: why as a word for programs and as a sentence for people. */
public final class EstimateUnavailableException extends Exception {

    /** Why there is no answer. */
    public enum Reason {
        /** No job counts the experiment, or it is not running. */
        JOB_NOT_RUNNING,
        /** The job is starting, being restored, or does not answer in time. */
        STATE_NOT_READY,
        /** No trials are counted yet. */
        NO_TRIALS,
        /** There is no such example. */
        INDEX_OUT_OF_RANGE,
        /** The pair is not counted by this job. */
        OUT_OF_SCOPE,
        /** The topics do not hold this value: it is in the job's state only. */
        NOT_PUBLISHED
    }

    private final Reason reason;

    EstimateUnavailableException(Reason reason, String message) {
        this(reason, message, null);
    }

    EstimateUnavailableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why there is no answer. */
    public Reason reason() {
        return reason;
    }
}
