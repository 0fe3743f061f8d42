package dev.longtail.exchange.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes one array element by element, little-endian, in C order: the last index varies fastest.
 * Closing it with other than the announced number of elements fails.
 */
public final class NpyWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final String name;
    private final NpyType type;
    private final long elements;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    /**
     * Writes the header.
     *
     * @param out closed with this
     * @param name of the array, for errors
     * @param shape lengths of the dimensions; none for a single value
     */
    public NpyWriter(OutputStream out, String name, NpyType type, long... shape)
            throws IOException {
        this.out = out;
        this.name = name;
        this.type = type;
        this.elements = new NpyHeader(type, ByteOrder.LITTLE_ENDIAN, false, shape).elements();
        out.write(NpyHeader.bytes(type.description(), shape));
    }

    /** Appends an element of a floating-point array; {@code float32} is rounded to nearest. */
    public void write(double value) throws IOException {
        reserve();
        switch (type) {
            case FLOAT32 -> buffer.putFloat((float) value);
            case FLOAT64 -> buffer.putDouble(value);
            default -> throw wrongType("a floating-point number");
        }
    }

    /** Appends an element of an integer array. */
    public void write(long value) throws IOException {
        reserve();
        switch (type) {
            case INT64 -> buffer.putLong(value);
            case INT32 -> buffer.putInt(Math.toIntExact(value));
            default -> throw wrongType("an integer");
        }
    }

    /** Appends an element of a boolean array. */
    public void write(boolean value) throws IOException {
        reserve();
        if (type != NpyType.BOOL) {
            throw wrongType("a boolean");
        }
        buffer.put((byte) (value ? 1 : 0));
    }

    private void reserve() throws IOException {
        written++;
        if (buffer.remaining() < type.bytes()) {
            flush();
        }
    }

    private IllegalStateException wrongType(String value) {
        return new IllegalStateException(
                "array '%s' of %s cannot take %s".formatted(name, type, value));
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /**
     * @throws IllegalStateException when elements are missing or too many
     */
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
        if (written != elements) {
            throw new IllegalStateException(
                    "array '%s' has %d elements, but %d were written"
                            .formatted(name, elements, written));
        }
    }
}
