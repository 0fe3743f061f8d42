package dev.longtail.exchange.importing;

import java.io.IOException;

/** A run that cannot be imported; the message says which file, what was expected and found. */
public final class ImportException extends IOException {

    /** An error with its reason in words. */
    public ImportException(String message) {
        super(message);
    }
}
