package dev.longtail.exchange.numpy;

import java.io.IOException;

/** A file that is not what it should be; the message names the file and the array. */
public class NumpyFormatException extends IOException {

    /** An error with its reason in words. */
    public NumpyFormatException(String message) {
        super(message);
    }

    /** An error with its reason in words and its cause. */
    public NumpyFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
