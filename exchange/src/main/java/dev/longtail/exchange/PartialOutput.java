package dev.longtail.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or directory that is being written under another name and takes its own when it is
 * complete. What was written otherwise is removed, also when the program is stopped.
 */
final class PartialOutput implements AutoCloseable {

    private final Path complete;
    private final Path partial;
    private final Thread atShutdown = new Thread(this::deleteQuietly, "remove-partial-output");

    private PartialOutput(Path complete, Path partial) {
        this.complete = complete;
        this.partial = partial;
    }

    /** What a program that was killed may have left of an earlier attempt is removed. */
    static PartialOutput of(Path complete) throws IOException {
        Path partial = complete.resolveSibling(complete.getFileName() + ".partial");
        PartialOutput output = new PartialOutput(complete, partial);
        output.delete();
        Runtime.getRuntime().addShutdownHook(output.atShutdown);
        return output;
    }

    /** Where to write. */
    Path path() {
        return partial;
    }

    /** Gives it its name. */
    void complete() throws IOException {
        Files.move(partial, complete);
    }

    @Override
    public void close() throws IOException {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook finds nothing to remove.
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(partial)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(partial)) {
            files = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.err.println("cannot remove " + partial + ": " + e.getMessage());
        }
    }
}
