package dev.longtail.aggregator;

/**
 * State that was counted with other settings, or of other data, than the job that would restore it.
 */
public final class StateMismatchException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    StateMismatchException(String message) {
        super(message);
    }
}
