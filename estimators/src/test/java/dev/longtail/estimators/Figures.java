package dev.longtail.estimators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Measured figures, one file per test class below target/figures: what docs/statistics.md quotes.
 */
final class Figures {

    private static final Path DIRECTORY = Path.of("target", "figures");

    private Figures() {}

    static void note(Class<?> test, String figure) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(
                    DIRECTORY.resolve(test.getSimpleName() + ".txt"),
                    figure + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note a figure in " + DIRECTORY, e);
        }
    }
}
