package dev.longtail.exchange.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The elements of one array, in order. Every error names the file and the array.
 *
 * <p>Arrays in Fortran order are refused where it makes a difference: their rows are not together
 * in the file.
 */
public final class NpyReader implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 16;

    private final String source;
    private final InputStream in;
    private final NpyHeader header;
    private long position;

    /**
     * Reads the header.
     *
     * @param source file and array, for errors
     * @param in closed with this
     */
    public NpyReader(String source, InputStream in) throws IOException {
        this.source = source;
        this.in = in;
        try {
            this.header = NpyHeader.read(in);
        } catch (NumpyFormatException e) {
            in.close();
            throw new NumpyFormatException(source + ": " + e.getMessage(), e);
        }
        if (header.fortranOrder() && header.shape().length > 1) {
            in.close();
            throw error(
                    "is in Fortran order; save numpy.ascontiguousarray(...) of it so that rows are together");
        }
    }

    /** Type and shape. */
    public NpyHeader header() {
        return header;
    }

    /**
     * Refuses another shape.
     *
     * @param shape expected lengths; a negative one may be any
     */
    public NpyReader requireShape(long... shape) throws NumpyFormatException {
        boolean fits = header.shape().length == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] < 0 || shape[i] == header.shape()[i];
        }
        if (!fits) {
            throw error(
                    "expected the shape %s, found %s"
                            .formatted(
                                    Arrays.toString(shape).replace("-1", "any"),
                                    header.shapeText()));
        }
        return this;
    }

    /** Refuses another element type. */
    public NpyReader requireType(NpyType... types) throws NumpyFormatException {
        if (!Arrays.asList(types).contains(header.type())) {
            throw error(
                    "expected elements of type %s, found %s"
                            .formatted(Arrays.toString(types), header.type()));
        }
        return this;
    }

    /**
     * The next elements as packed bits, least significant first.
     *
     * @param size number of elements
     * @return {@code ceil(size / 8)} bytes, unused bits 0
     * @throws NumpyFormatException when an element is neither 0 nor 1
     */
    public byte[] nextBits(int size) throws IOException {
        byte[] packed = new byte[(int) ((size + 7L) / 8)];
        ByteBuffer chunk = chunk();
        for (int first = 0; first < size; first += chunk.limit() / header.type().bytes()) {
            fill(chunk, size - first);
            for (int i = first; chunk.hasRemaining(); i++) {
                packed[i >> 3] |= (byte) (nextBit(chunk) << (i & 7));
            }
        }
        return packed;
    }

    private int nextBit(ByteBuffer chunk) throws NumpyFormatException {
        double value = next(chunk);
        if (value != 0 && value != 1) {
            long at = position - chunk.remaining() / header.type().bytes() - 1;
            throw error("expected 0 or 1, found %s at element %d".formatted(value, at));
        }
        return (int) value;
    }

    /**
     * The next elements as whole numbers.
     *
     * @throws NumpyFormatException when elements are no integers
     */
    public long[] nextLongs(int size) throws IOException {
        if (!header.type().isInteger()) {
            throw error("expected integers, found elements of type " + header.type());
        }
        long[] values = new long[size];
        ByteBuffer chunk = chunk();
        for (int first = 0; first < size; first += chunk.limit() / header.type().bytes()) {
            fill(chunk, size - first);
            for (int i = first; chunk.hasRemaining(); i++) {
                values[i] = header.type() == NpyType.INT64 ? chunk.getLong() : (long) next(chunk);
            }
        }
        return values;
    }

    /** The next elements as floating-point numbers; whole numbers above 2^53 are rounded. */
    public double[] nextDoubles(int size) throws IOException {
        double[] values = new double[size];
        ByteBuffer chunk = chunk();
        for (int first = 0; first < size; first += chunk.limit() / header.type().bytes()) {
            fill(chunk, size - first);
            for (int i = first; chunk.hasRemaining(); i++) {
                values[i] = next(chunk);
            }
        }
        return values;
    }

    /** The next bytes of an array of {@code uint8} as they are. */
    public byte[] nextBytes(int size) throws IOException {
        requireType(NpyType.UINT8);
        byte[] values = new byte[size];
        read(values, size);
        return values;
    }

    /**
     * Checks that all elements were read and nothing follows, and with it the archive's checksum.
     */
    public void requireEnd() throws IOException {
        if (position != header.elements()) {
            throw error("%d of %d elements were read".formatted(position, header.elements()));
        }
        int next;
        try {
            next = in.read();
        } catch (IOException e) {
            throw new NumpyFormatException(source + ": " + e.getMessage(), e);
        }
        if (next >= 0) {
            throw error("bytes follow the last element");
        }
    }

    private ByteBuffer chunk() {
        return ByteBuffer.allocate(CHUNK_BYTES).order(header.order());
    }

    private void fill(ByteBuffer chunk, int elements) throws IOException {
        int width = header.type().bytes();
        int bytes = Math.min(CHUNK_BYTES / width, elements) * width;
        chunk.clear().limit(bytes);
        read(chunk.array(), bytes);
    }

    private void read(byte[] target, int bytes) throws IOException {
        int found;
        try {
            found = in.readNBytes(target, 0, bytes);
        } catch (IOException e) {
            throw new NumpyFormatException(
                    "%s: cannot be read after element %d: %s"
                            .formatted(source, position, e.getMessage()),
                    e);
        }
        position += found / header.type().bytes();
        if (found < bytes) {
            throw error("ends after %d of %d elements".formatted(position, header.elements()));
        }
    }

    private double next(ByteBuffer chunk) {
        return switch (header.type()) {
            case BOOL, UINT8 -> chunk.get() & 0xff;
            case INT8 -> chunk.get();
            case INT32 -> chunk.getInt();
            case INT64 -> chunk.getLong();
            case FLOAT32 -> chunk.getFloat();
            case FLOAT64 -> chunk.getDouble();
        };
    }

    private NumpyFormatException error(String what) {
        return new NumpyFormatException(source + ": " + what);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
