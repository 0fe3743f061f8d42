package dev.longtail.exchange.numpy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes an {@code .npz} archive, one array after the other, uncompressed as {@code numpy.savez}
 * does. The same arrays give the same bytes.
 */
public final class NpzWriter implements AutoCloseable {

    /** The earliest time a zip archive can name; NumPy does not read it. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipArchiveOutputStream zip;

    /** Creates or replaces a file. */
    public NpzWriter(Path file) throws IOException {
        // Writes to a seekable file, so that checksum and size can follow the unknown content.
        this.zip = new ZipArchiveOutputStream(file);
    }

    /**
     * Begins an array; close it before the next one.
     *
     * @param shape lengths of the dimensions; none for a single value
     */
    public NpyWriter array(String name, NpyType type, long... shape) throws IOException {
        return new NpyWriter(entry(name), name, type, shape);
    }

    /** Writes an integer array of one dimension. */
    public void longs(String name, long[] values) throws IOException {
        try (NpyWriter array = array(name, NpyType.INT64, values.length)) {
            for (long value : values) {
                array.write(value);
            }
        }
    }

    /** Writes an integer array of one dimension as {@code int64}. */
    public void longs(String name, int[] values) throws IOException {
        try (NpyWriter array = array(name, NpyType.INT64, values.length)) {
            for (int value : values) {
                array.write((long) value);
            }
        }
    }

    /** Writes a single integer, an array without dimensions. */
    public void scalar(String name, long value) throws IOException {
        try (NpyWriter array = array(name, NpyType.INT64)) {
            array.write(value);
        }
    }

    /** Writes a single truth value, an array without dimensions. */
    public void flag(String name, boolean value) throws IOException {
        try (NpyWriter array = array(name, NpyType.BOOL)) {
            array.write(value);
        }
    }

    /** Writes a floating-point array of one dimension. */
    public void doubles(String name, NpyType type, double[] values) throws IOException {
        try (NpyWriter array = array(name, type, values.length)) {
            for (double value : values) {
                array.write(value);
            }
        }
    }

    /** Writes texts as NumPy's unicode strings, each as wide as the longest. */
    public void texts(String name, List<String> values) throws IOException {
        int width =
                values.stream()
                        .mapToInt(text -> text.codePointCount(0, text.length()))
                        .max()
                        .orElse(0);
        try (OutputStream out = entry(name)) {
            // NumPy has no strings of width 0.
            int characters = Math.max(1, width);
            out.write(NpyHeader.bytes("<U" + characters, values.size()));
            ByteBuffer padded =
                    ByteBuffer.allocate(Integer.BYTES * characters).order(ByteOrder.LITTLE_ENDIAN);
            for (String value : values) {
                padded.clear();
                value.codePoints().forEach(padded::putInt);
                while (padded.hasRemaining()) {
                    padded.putInt(0);
                }
                out.write(padded.array());
            }
        }
    }

    private OutputStream entry(String name) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name + ".npy");
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(ENTRY_TIME);
        zip.putArchiveEntry(entry);
        return new FilterOutputStream(zip) {

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                zip.closeArchiveEntry();
            }
        };
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
