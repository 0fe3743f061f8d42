package dev.longtail.estimators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Measured figures, one file per test class below target/figures: what docs/statistics.md quotes.
 */
final class Figures {

    private static final Path DIRECTORY = Path.of("target", "figures");

    /** Tests that have noted something in this run; their files of earlier runs are gone. */
    private static final Set<Class<?>> NOTED = new HashSet<>();

    private Figures() {}

    static synchronized void note(Class<?> test, String figure) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(
                    DIRECTORY.resolve(test.getSimpleName() + ".txt"),
                    figure + "\n",
                    StandardOpenOption.CREATE,
                    NOTED.add(test)
                            ? StandardOpenOption.TRUNCATE_EXISTING
                            : StandardOpenOption.APPEND,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note a figure in " + DIRECTORY, e);
        }
    }
}
