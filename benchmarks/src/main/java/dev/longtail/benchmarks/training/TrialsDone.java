package dev.longtail.benchmarks.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a measured process is: what it tells the command that waits for it, through a small file
 * that is replaced as a whole.
 *
 * @param done measured trials that are trained
 * @param total measured trials in all
 * @param seconds since the first of them began
 */
record TrialsDone(int done, int total, double seconds) {

    /** Replaces what the file said. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "%d %d %s".formatted(done, total, seconds));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the file says; empty while the process prepares. */
    static Optional<TrialsDone> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] fields = Files.readString(file).split(" ");
        return Optional.of(
                new TrialsDone(
                        Integer.parseInt(fields[0]),
                        Integer.parseInt(fields[1]),
                        Double.parseDouble(fields[2])));
    }

    /** For example {@code 1200 of 3000 trials, 71200 per hour, 0:01:31 left}. */
    String sentence() {
        Duration left = Duration.ofSeconds(Math.round(seconds / done * (total - done)));
        return "%d of %d trials, %d per hour, %d:%02d:%02d left"
                .formatted(
                        done,
                        total,
                        Math.round(3600 * done / seconds),
                        left.toHours(),
                        left.toMinutesPart(),
                        left.toSecondsPart());
    }
}
