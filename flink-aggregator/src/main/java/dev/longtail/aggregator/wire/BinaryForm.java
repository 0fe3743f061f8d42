package dev.longtail.aggregator.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How an immutable message between operators is written as bytes.
 *
 * <p>An implementation has a public constructor without arguments and no state. It is for records
 * on their way between tasks, which a checkpoint may hold for a restart by the same release; what
 * is kept in state is bytes of a class with a version of its own.
 *
 * @param <T> the message
 */
public interface BinaryForm<T> {

    /** Writes a message. */
    void write(T message, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote. */
    T read(DataInput in) throws IOException;
}
