package dev.longtail.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new directory that is gone after use, also when the user interrupts. */
public final class TemporaryDirectory implements AutoCloseable {

    private final Path path;
    private final Thread atExit;

    private TemporaryDirectory(Path path) {
        this.path = path;
        this.atExit = new Thread(() -> deleteQuietly(path), "delete-benchmark-files");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Creates one.
     *
     * @param parent where; null for the system's directory of temporary files
     */
    public static TemporaryDirectory create(Path parent) throws IOException {
        String prefix = "longtail-bench";
        return new TemporaryDirectory(
                parent == null
                        ? Files.createTempDirectory(prefix)
                        : Files.createTempDirectory(Files.createDirectories(parent), prefix));
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete(path);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Deletes a directory with all that is in it. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void deleteQuietly(Path directory) {
        try {
            delete(directory);
        } catch (NoSuchFileException gone) {
            // Which is what was wanted.
        } catch (IOException | UncheckedIOException e) {
            System.err.println("longtail bench: cannot delete " + directory + ": " + e);
        }
    }
}
