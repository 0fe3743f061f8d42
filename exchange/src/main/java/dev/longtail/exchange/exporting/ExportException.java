package dev.longtail.exchange.exporting;

import java.io.IOException;

/** An export that cannot be made; the message says what is missing. */
public final class ExportException extends IOException {

    /** An error with its reason in words. */
    public ExportException(String message) {
        super(message);
    }
}
