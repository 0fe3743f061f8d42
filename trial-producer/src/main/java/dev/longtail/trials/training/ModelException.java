package dev.longtail.trials.training;

/** A model that cannot be used, with a message that says what was expected, found and where. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ModelException(String message) {
        super(message);
    }

    /** Says what is wrong and what caused it. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
