package dev.longtail.trials.data;

/** Data that cannot be used, with a message that says what was expected, found and where. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public DataException(String message) {
        super(message);
    }

    /** Says what is wrong and what caused it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
