package dev.longtail.schemas;

import java.io.ByteArrayInputStream;

/** A record's bytes as a stream whose end Avro can see. */
final class BoundedInput extends ByteArrayInputStream {

    BoundedInput(byte[] bytes) {
        super(bytes);
    }

    @Override
    public void close() {
        // Nothing to release: the bytes are the caller's.
    }
}
