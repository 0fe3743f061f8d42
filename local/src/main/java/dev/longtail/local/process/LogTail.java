package dev.longtail.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a program said last, without what is written when all is well. */
final class LogTail {

    private static final int BYTES = 64 * 1024;
    private static final int LINES = 12;
    private static final String ROUTINE = " INFO ";

    private LogTail() {}

    /** At most the last {@value #LINES} lines of a log that are no routine. */
    static List<String> lastWords(Path log) {
        List<String> words = end(log).lines().filter(line -> !line.contains(ROUTINE)).toList();
        return words.subList(Math.max(0, words.size() - LINES), words.size());
    }

    private static String end(Path log) {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            long start = Math.max(0, channel.size() - BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - start));
            channel.position(start);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until the end that was there when the reading began.
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
