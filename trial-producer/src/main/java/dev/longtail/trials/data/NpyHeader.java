package dev.longtail.trials.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands before the values of an array in NumPy's format.
 *
 * <pre>
 *   bytes 0-5    0x93 NUMPY
 *   byte  6      major version: 1 to 3
 *   byte  7      minor version
 *   bytes 8-     length of the rest: uint16, from version 2 on uint32, little-endian
 *   then         {'descr': '&lt;f4', 'fortran_order': False, 'shape': (60000, 28, 28), }
 * </pre>
 *
 * @param type of the values, as NumPy writes it
 * @param shape sizes of the dimensions
 */
record NpyHeader(String type, int[] shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LARGEST = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9,\\s]*)\\)");

    /**
     * Reads a header; the stream stands at the first value then.
     *
     * @param file for messages
     * @param name of the array, for messages
     * @throws DataException when there is none, or one of an array in Fortran order
     */
    static NpyHeader read(Path file, String name, InputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2
                || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DataException(
                    "%s: expected array '%s' in NumPy's format, found something else"
                            .formatted(file, name));
        }
        int lengthBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer length =
                ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(lengthBytes), Integer.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        String text =
                new String(
                        in.readNBytes(Math.min(LARGEST, Math.max(0, length.getInt()))),
                        StandardCharsets.ISO_8859_1);
        Matcher type = TYPE.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find() || !fortran.find() || !shape.find()) {
            throw new DataException(
                    "%s: expected type, order and shape of array '%s', found %s"
                            .formatted(file, name, text.strip()));
        }
        if (fortran.group(1).equals("True")) {
            throw new DataException(
                    "%s: expected array '%s' in C order, found Fortran order; save numpy.ascontiguousarray(%s)"
                            .formatted(file, name, name));
        }
        try {
            int[] sizes =
                    Stream.of(shape.group(1).split(","))
                            .map(String::strip)
                            .filter(size -> !size.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray();
            return new NpyHeader(type.group(1), sizes);
        } catch (NumberFormatException e) {
            throw new DataException(
                    "%s: expected sizes below 2^31 in array '%s', found (%s)"
                            .formatted(file, name, shape.group(1)),
                    e);
        }
    }

    /**
     * The size of a picture where the first dimension counts pictures.
     *
     * @throws DataException when the dimensions are not those of pictures or features
     */
    ImageShape pictures(Path file, String name) {
        return switch (shape.length) {
            case 2 -> new ImageShape(1, shape[1], 1);
            case 3 -> new ImageShape(shape[1], shape[2], 1);
            case 4 -> new ImageShape(shape[1], shape[2], shape[3]);
            default ->
                    throw new DataException(
                            "%s: expected %s of 2, 3 or 4 dimensions, found shape %s"
                                    .formatted(file, name, Arrays.toString(shape)));
        };
    }
}
