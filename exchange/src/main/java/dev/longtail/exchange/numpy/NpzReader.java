package dev.longtail.exchange.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An {@code .npz} archive: arrays by name, stored or compressed, of any size. Several arrays may be
 * read at once.
 */
public final class NpzReader implements AutoCloseable {

    private static final String SUFFIX = ".npy";

    private final Path file;
    private final ZipFile zip;

    /**
     * Opens an archive.
     *
     * @throws NumpyFormatException when the file is not a complete zip archive
     * @throws IOException when it cannot be read
     */
    public NpzReader(Path file) throws IOException {
        this.file = file;
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new NumpyFormatException(
                    "%s: not a complete .npz archive (%s); copy it again"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Names of the arrays. */
    public List<String> names() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .toList();
    }

    /** Whether there is an array of this name. */
    public boolean has(String name) {
        return zip.getEntry(name + SUFFIX) != null;
    }

    /**
     * Opens an array.
     *
     * @throws NumpyFormatException when there is none of this name, naming those there are
     */
    public NpyReader array(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
            throw new NumpyFormatException(
                    "%s: expected an array '%s', found %s".formatted(file, name, names()));
        }
        return new NpyReader(
                file + ", array '" + name + "'",
                new VerifiedInput(zip.getInputStream(entry), entry.getCrc()));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** The JDK checks the checksum of an entry only when it reads the archive front to back. */
    private static final class VerifiedInput extends CheckedInputStream {

        private final long expected;

        VerifiedInput(InputStream in, long expected) {
            super(in, new CRC32());
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            return verified(super.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return verified(super.read(target, offset, length));
        }

        private int verified(int result) throws IOException {
            if (result < 0 && getChecksum().getValue() != expected) {
                throw new ZipException(
                        "checksum %08x instead of %08x; copy the file again"
                                .formatted(getChecksum().getValue(), expected));
            }
            return result;
        }
    }
}
