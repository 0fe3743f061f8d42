package dev.longtail.exchange.numpy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before an array's elements.
 *
 * <pre>
 *   bytes 0-5     0x93 "NUMPY"
 *   bytes 6-7     version: 1.0, 2.0 or 3.0; written: 1.0
 *   bytes 8-      length of the text: 2 bytes in version 1, 4 bytes later; little-endian
 *   then          {'descr': '&lt;f8', 'fortran_order': False, 'shape': (3, 4), }, blanks, newline;
 *                 everything together a multiple of 64 bytes
 * </pre>
 *
 * @param type element type
 * @param order byte order of the elements
 * @param fortranOrder whether the first index varies fastest
 * @param shape lengths of the dimensions; none for a single value
 */
public record NpyHeader(NpyType type, ByteOrder order, boolean fortranOrder, long[] shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int PREAMBLE = 10;
    private static final int LONGEST_TEXT = 1 << 16;

    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([<>|=])(\\w+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,L ]*)\\)");

    /** Number of elements. */
    public long elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** The shape as NumPy shows it, for example {@code (3, 4)}. */
    public String shapeText() {
        String lengths =
                Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return "(" + lengths + (shape.length == 1 ? ",)" : ")");
    }

    /**
     * Reads a header.
     *
     * @throws NumpyFormatException when the stream does not begin with one or describes elements
     *     that are not read here (objects, strings, records)
     */
    static NpyHeader read(InputStream in) throws IOException {
        try {
            DataInputStream data = new DataInputStream(in);
            byte[] magic = new byte[MAGIC.length];
            data.readFully(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new NumpyFormatException("not a .npy array: the magic bytes are missing");
            }
            int major = data.readUnsignedByte();
            data.readUnsignedByte();
            long length =
                    switch (major) {
                        case 1 -> Short.toUnsignedInt(Short.reverseBytes(data.readShort()));
                        case 2, 3 -> Integer.toUnsignedLong(Integer.reverseBytes(data.readInt()));
                        default ->
                                throw new NumpyFormatException(
                                        "expected .npy version 1 to 3, found " + major);
                    };
            if (length > LONGEST_TEXT) {
                throw new NumpyFormatException(
                        "expected a header of at most %d bytes, found %d"
                                .formatted(LONGEST_TEXT, length));
            }
            byte[] text = new byte[(int) length];
            data.readFully(text);
            return parse(new String(text, StandardCharsets.UTF_8));
        } catch (EOFException e) {
            throw new NumpyFormatException("the array ends within its header", e);
        }
    }

    private static NpyHeader parse(String text) throws NumpyFormatException {
        Matcher description = DESCRIPTION.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!description.find() || !order.find() || !shape.find()) {
            throw new NumpyFormatException(
                    "expected an array of numbers, found the header " + text.strip());
        }
        ByteOrder bytes =
                description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(
                NpyType.of(description.group(2)),
                bytes,
                order.group(1).equals("True"),
                lengths(shape.group(1)));
    }

    private static long[] lengths(String text) throws NumpyFormatException {
        try {
            return Arrays.stream(text.replace("L", "").split(","))
                    .map(String::strip)
                    .filter(length -> !length.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new NumpyFormatException("expected the lengths of a shape, found " + text, e);
        }
    }

    /** The bytes before little-endian elements in C order. */
    static byte[] bytes(String description, long... shape) {
        String shapeText =
                new NpyHeader(NpyType.BOOL, ByteOrder.LITTLE_ENDIAN, false, shape).shapeText();
        String text =
                "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
                        .formatted(description, shapeText);
        int unpadded = PREAMBLE + text.length() + 1;
        int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String paddedText = text + " ".repeat(padded - unpadded) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) paddedText.length())
                .put(paddedText.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
