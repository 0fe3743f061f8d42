package dev.longtail.aggregator.validation;

import dev.longtail.schemas.RejectionReason;

/** A record that must not be counted: a word for counting and a sentence for people. */
public final class InvalidTrialException extends Exception {

    private final RejectionReason reason;

    InvalidTrialException(RejectionReason reason, String message) {
        // Poison may come by the million, and nobody reads where in the validation it was found.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The word. */
    public RejectionReason reason() {
        return reason;
    }
}
