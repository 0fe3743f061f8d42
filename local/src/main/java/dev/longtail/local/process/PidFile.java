package dev.longtail.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which process runs under a name: its id and when it started, so that another process which got
 * the same id later is not taken for it.
 *
 * @param path the file: process id, then start in milliseconds since 1970, one per line
 */
public record PidFile(Path path) {

    /** Writes down a process. */
    public void write(ProcessHandle process) {
        String started = process.info().startInstant().map(PidFile::millis).orElse("");
        try {
            Files.writeString(path, process.pid() + "\n" + started + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /** The process named in the file, while it runs. */
    public Optional<ProcessHandle> process() {
        if (!Files.isReadable(path)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(path);
            if (lines.size() < 2) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.get(0)))
                    .filter(ProcessHandle::isAlive)
                    .filter(found -> startedAt(found).equals(lines.get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "expected a process id in the first line of %s, found something else; delete the file when nothing of Longtail runs"
                            .formatted(path),
                    e);
        }
    }

    /** Forgets the process. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    private static String startedAt(ProcessHandle process) {
        return process.info().startInstant().map(PidFile::millis).orElse("");
    }

    private static String millis(Instant instant) {
        return String.valueOf(instant.toEpochMilli());
    }
}
