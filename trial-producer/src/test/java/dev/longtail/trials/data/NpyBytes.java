package dev.longtail.trials.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Arrays as NumPy itself writes them; the library for Java knows no unsigned bytes. */
public final class NpyBytes {

    private static final int HEADER = 118;

    private NpyBytes() {}

    /**
     * One array.
     *
     * @param type for example {@code |u1}
     * @param shape for example {@code (2, 3)}
     */
    public static byte[] array(String type, boolean fortran, String shape, byte[] values) {
        String header =
                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                        .formatted(type, fortran ? "True" : "False", shape);
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, HEADER, 0});
        npy.writeBytes(
                (header + " ".repeat(HEADER - 1 - header.length()) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
        npy.writeBytes(values);
        return npy.toByteArray();
    }

    /** Unsigned bytes. */
    public static byte[] array(String shape, byte[] values) {
        return array("|u1", false, shape, values);
    }

    /** An archive of arrays by name. */
    public static void write(Path file, Map<String, byte[]> arrays) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
    }
}
