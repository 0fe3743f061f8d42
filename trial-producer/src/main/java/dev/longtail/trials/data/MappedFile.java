package dev.longtail.trials.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files as buffers that the system reads when they are looked at, so that they need no memory. */
final class MappedFile {

    private static final int LARGEST_PART = 1 << 30;

    private MappedFile() {}

    /**
     * Maps a file's records.
     *
     * @param offset bytes before the first record
     * @param recordLength bytes of a record; no part splits one
     * @return parts of at most 1 GiB, in order
     */
    static List<ByteBuffer> records(Path file, long offset, int recordLength) throws IOException {
        List<ByteBuffer> parts = new ArrayList<>();
        long partLength = (long) LARGEST_PART / recordLength * recordLength;
        try (FileChannel channel = FileChannel.open(file)) {
            for (long from = offset; from < channel.size(); from += partLength) {
                long length = Math.min(partLength, channel.size() - from);
                parts.add(channel.map(FileChannel.MapMode.READ_ONLY, from, length));
            }
        }
        return parts;
    }

    /**
     * A readable file of a directory.
     *
     * @throws DataException when there is none of that name
     */
    static Path require(Path directory, String name) {
        Path file = directory.resolve(name);
        if (!Files.isReadable(file)) {
            throw new DataException("expected a readable file " + file.toAbsolutePath());
        }
        return file;
    }
}
