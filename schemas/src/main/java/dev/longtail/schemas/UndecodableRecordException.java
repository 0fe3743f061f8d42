package dev.longtail.schemas;

/** Bytes that are not a record: says why as a reason for counting and as a sentence. */
public final class UndecodableRecordException extends Exception {

    private final RejectionReason reason;

    UndecodableRecordException(RejectionReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * {@code UNKNOWN_SCHEMA} for well-formed bytes of a schema not in the store, else {@code
     * UNDECODABLE}.
     */
    public RejectionReason reason() {
        return reason;
    }
}
