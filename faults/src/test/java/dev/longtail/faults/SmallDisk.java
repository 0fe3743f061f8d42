package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** A file system of a few megabytes in memory, which a test can fill. */
final class SmallDisk implements AutoCloseable {

    private static final Duration BETWEEN_FILES = Duration.ofMillis(20);

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts it; null where that is not allowed: it takes root. */
    static SmallDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        String size = "size=%dm".formatted(megabytes);
        if (failure("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory).isPresent()) {
            return null;
        }
        // When the tests themselves are stopped it does not stay, either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> unmount(directory)));
        return new SmallDisk(directory);
    }

    private static boolean unmount(Path directory) {
        try {
            return failure("umount", "-l", directory).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Leaves no byte free; once more takes what was given back since. */
    void fill() {
        byte[] chunk = new byte[1 << 20];
        int page = 4096;
        try (OutputStream out =
                Files.newOutputStream(
                        filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long free = freeBytes(); free > 0; free = freeBytes()) {
                out.write(chunk, 0, free < chunk.length ? page : chunk.length);
            }
        } catch (IOException e) {
            // Others may have taken the last page after the look.
            if (freeBytes() > 0) {
                throw new UncheckedIOException("cannot fill " + directory, e);
            }
        }
    }

    private long freeBytes() {
        return directory.toFile().getUsableSpace();
    }

    void makeRoom() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make room in " + directory, e);
        }
    }

    /**
     * Lets nobody write, or writes be possible again. The kernel refuses the former for as long as
     * a file is open for writing, as those of a checkpoint are for moments: this waits for a moment
     * between two of them.
     */
    void setReadOnly(boolean readOnly) {
        String mode = "remount," + (readOnly ? "ro" : "rw");
        await("mount -o %s %s".formatted(mode, directory))
                .atMost(CountedJob.PATIENCE)
                .pollInterval(BETWEEN_FILES)
                .until(() -> isMountedAgain(mode));
    }

    private boolean isMountedAgain(String mode) throws IOException {
        Optional<String> failure = failure("mount", "-o", mode, directory);
        if (failure.isPresent() && !failure.get().contains("busy")) {
            throw new IOException("mount -o %s %s: %s".formatted(mode, directory, failure.get()));
        }
        return failure.isEmpty();
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    /** What a command says that fails; empty for one that does not. */
    private static Optional<String> failure(Object... command) throws IOException {
        String[] words = new String[command.length];
        for (int at = 0; at < words.length; at++) {
            words[at] = command[at].toString();
        }
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.onExit().join().exitValue();
        return exitCode == 0
                ? Optional.empty()
                : Optional.of("exit code %d, %s".formatted(exitCode, said.strip()));
    }

    @Override
    public void close() throws IOException {
        if (!unmount(directory)) {
            throw new IOException("cannot unmount " + directory);
        }
    }
}
