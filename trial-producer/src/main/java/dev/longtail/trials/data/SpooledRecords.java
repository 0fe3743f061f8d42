package dev.longtail.trials.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Records that are decoded or computed once, into a temporary file, and mapped into memory from
 * there: so any number of them needs no memory. The file has no name any more once it is mapped,
 * and its space is free when the process ends, however it ends.
 */
public final class SpooledRecords implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final OutputStream out;

    private SpooledRecords(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Starts an empty one among the system's temporary files. */
    public static SpooledRecords create() throws IOException {
        Path file = Files.createTempFile("longtail-data", ".tmp");
        return new SpooledRecords(
                file, new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    /** Where records are written, one after the other. */
    public OutputStream out() {
        return out;
    }

    /**
     * Maps what was written.
     *
     * @param recordLength bytes of a record; no part splits one
     * @return parts of at most 1 GiB, in order
     */
    public List<ByteBuffer> map(int recordLength) throws IOException {
        out.flush();
        return MappedFile.records(file, 0, recordLength);
    }

    /** Gives up the file's name; what is mapped stays. */
    @Override
    public void close() throws IOException {
        out.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException stillMapped) {
            // Some systems keep the names of mapped files.
            file.toFile().deleteOnExit();
        }
    }
}
