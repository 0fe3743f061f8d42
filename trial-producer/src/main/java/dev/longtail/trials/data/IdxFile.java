package dev.longtail.trials.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One file in the format of MNIST's files, plain or gzip.
 *
 * <pre>
 *   bytes 0-1       0x00 0x00
 *   byte  2         0x08                     type of the values: unsigned byte
 *   byte  3         d                        number of dimensions
 *   bytes 4-        d x uint32, big-endian   sizes of the dimensions
 *   then            the values, last dimension fastest
 * </pre>
 *
 * Plain files are memory-mapped, gzip files are read into memory.
 *
 * @param dimensions sizes of the dimensions
 * @param values all values, in parts that split no element of the first dimension
 */
record IdxFile(int[] dimensions, List<ByteBuffer> values) {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Reads a file and checks its header and length.
     *
     * @param expectedDimensions how many dimensions the file must have
     * @throws DataException when it is not such a file
     */
    static IdxFile read(Path file, int expectedDimensions) {
        try {
            return isGzip(file) ? inflate(file, expectedDimensions) : map(file, expectedDimensions);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static IdxFile inflate(Path file, int expectedDimensions) throws IOException {
        try (InputStream in =
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
            int[] dimensions = header(file, bytes, bytes.capacity(), expectedDimensions);
            return new IdxFile(dimensions, List.of(bytes.slice()));
        }
    }

    private static IdxFile map(Path file, int expectedDimensions) throws IOException {
        int headerLength = headerLength(expectedDimensions);
        ByteBuffer start;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            start = ByteBuffer.wrap(in.readNBytes(headerLength));
        }
        int[] dimensions = header(file, start, Files.size(file), expectedDimensions);
        int record = Arrays.stream(dimensions).skip(1).reduce(1, Math::multiplyExact);
        return new IdxFile(
                dimensions,
                record == 0 ? List.of() : MappedFile.records(file, headerLength, record));
    }

    private static int headerLength(int dimensions) {
        return Integer.BYTES * (1 + dimensions);
    }

    private static int[] header(
            Path file, ByteBuffer bytes, long fileLength, int expectedDimensions) {
        int headerLength = headerLength(expectedDimensions);
        if (bytes.remaining() < headerLength) {
            throw new DataException(
                    "%s: expected a header of %d bytes, found a file of %d bytes"
                            .formatted(file, headerLength, bytes.remaining()));
        }
        int expectedMagic = UNSIGNED_BYTE << 8 | expectedDimensions;
        int magic = bytes.getInt();
        if (magic != expectedMagic) {
            throw new DataException(
                    "%s: expected the first four bytes 0x%08x (unsigned bytes in %d dimensions), found 0x%08x"
                            .formatted(file, expectedMagic, expectedDimensions, magic));
        }
        int[] dimensions = new int[expectedDimensions];
        long length = 1;
        for (int d = 0; d < expectedDimensions; d++) {
            dimensions[d] = bytes.getInt();
            if (dimensions[d] < 0) {
                throw new DataException(
                        "%s: dimension %d is larger than 2^31 - 1".formatted(file, d));
            }
            length = Math.multiplyExact(length, dimensions[d]);
        }
        if (fileLength - headerLength != length) {
            throw new DataException(
                    "%s: expected %d bytes after the header for dimensions %s, found %d; is the file truncated?"
                            .formatted(
                                    file,
                                    length,
                                    Arrays.toString(dimensions),
                                    fileLength - headerLength));
        }
        return dimensions;
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (in.read() << 8 | in.read()) == GZIP_MAGIC;
        }
    }
}
