package dev.longtail.trials.publishing;

/** Kafka could not be reached, or refused; the message says for what. */
public final class KafkaFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what failed; the cause says why. */
    public KafkaFailureException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    static KafkaFailureException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaFailureException("interrupted while waiting for Kafka", e);
    }
}
