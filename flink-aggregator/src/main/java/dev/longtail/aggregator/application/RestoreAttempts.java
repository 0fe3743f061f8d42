package dev.longtail.aggregator.application;

import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.aggregator.cluster.RestorePoints.Point;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * Remembers, in a file beside the checkpoints, from which points the job was started, so that a
 * damaged one is not tried for ever: {@code <checkpointDir>-restores}, a line {@code <milliseconds
 * since 1970> <path>} per start, followed by a tab and what was asked for where that was not the
 * newest, and {@code <milliseconds since 1970> lost <path>} for one that turned out to be
 * unreadable, in the same way, the newest {@value #LINES} lines.
 */
final class RestoreAttempts {

    /** So often one point is tried before an older one gets its turn. */
    static final int TRIES = 3;

    private static final int LINES = 100;

    private static final String LOST = "lost ";

    private static final String NEWEST = "newest";

    private record Attempt(long millis, boolean lost, String path, String asked) {

        String line() {
            String request = asked.equals(NEWEST) ? "" : "\t" + asked;
            return millis + " " + (lost ? LOST : "") + path + request + "\n";
        }
    }

    private final Path file;
    private final List<Attempt> attempts;
    private final Predicate<Attempt> counts;

    private RestoreAttempts(Path file, Predicate<Attempt> counts) {
        this.file = file;
        this.attempts = read(file);
        this.counts = counts;
    }

    static RestoreAttempts in(String checkpointDir) {
        return new RestoreAttempts(file(checkpointDir), attempt -> true);
    }

    /** Where only those count that asked for the same: what others gave up may be wanted again. */
    static RestoreAttempts in(String checkpointDir, String asked) {
        return new RestoreAttempts(file(checkpointDir), attempt -> attempt.asked().equals(asked));
    }

    private static Path file(String checkpointDir) {
        Path checkpoints = new Path(checkpointDir);
        return new Path(checkpoints.getParent(), checkpoints.getName() + "-restores");
    }

    /**
     * The newest point, unless it was tried {@value #TRIES} times: then the next older one, and so
     * on; when all were, the newest again. Lost ones are left out, and those of a run with lost
     * files come last. None when no other is left.
     */
    Optional<String> choose(List<Point> newestFirst) {
        return newestFirst.stream()
                .map(Point::path)
                .filter(path -> !isLost(path))
                .min(Comparator.comparing(this::isOfLostRun).thenComparing(this::rounds));
    }

    private boolean isOfLostRun(String path) {
        return isLost(new Path(path).getParent().toString());
    }

    /** Whether there are points and all of them are lost. */
    boolean areAllLost(List<Point> points) {
        return !points.isEmpty() && points.stream().map(Point::path).allMatch(this::isLost);
    }

    /** Whether any start was noted. */
    boolean hasStarted() {
        return attempts.stream().filter(counts).anyMatch(attempt -> !attempt.lost());
    }

    /** When the first start was, if it was from this; empty otherwise. */
    OptionalLong firstStartFrom(String path) {
        return attempts.stream()
                .filter(counts)
                .filter(attempt -> !attempt.lost())
                .limit(1)
                .filter(attempt -> attempt.path().equals(path))
                .mapToLong(Attempt::millis)
                .findFirst();
    }

    private boolean isLost(String path) {
        return attempts.stream()
                .filter(counts)
                .anyMatch(attempt -> attempt.lost() && isSame(attempt, path));
    }

    private long rounds(String path) {
        return attempts.stream().filter(counts).filter(attempt -> isSame(attempt, path)).count()
                / TRIES;
    }

    /** The same place may be written {@code file:/x} and {@code file:///x}. */
    private static boolean isSame(Attempt attempt, String path) {
        return new Path(attempt.path()).equals(new Path(path));
    }

    /**
     * What was asked for, until the job that started from it has completed a point of its own: then
     * the newest, so that a restart does not go back. Whoever asks for the same once more after
     * something else gets it once more.
     */
    Optional<String> chooseOnce(String asked, List<Point> newestFirst) {
        OptionalLong since = since(asked);
        boolean overtaken =
                since.isPresent()
                        && newestFirst.stream()
                                .anyMatch(point -> point.writtenMillis() > since.getAsLong());
        return overtaken ? choose(newestFirst) : Optional.of(asked);
    }

    /** When the starts began that all asked for this; empty when the last one did not. */
    private OptionalLong since(String asked) {
        List<Attempt> starts = attempts.stream().filter(attempt -> !attempt.lost()).toList();
        int first = starts.size();
        while (first > 0 && starts.get(first - 1).asked().equals(asked)) {
            first--;
        }
        return first == starts.size()
                ? OptionalLong.empty()
                : OptionalLong.of(starts.get(first).millis());
    }

    /**
     * Notes that the job is started from a point now.
     *
     * @param asked what the setting says, such as {@code newest}
     */
    void record(String asked, String path) {
        attempts.add(new Attempt(System.currentTimeMillis(), false, path, asked));
        write();
    }

    /**
     * Notes that this point itself cannot be read: it is never tried again.
     *
     * @param asked what the setting says
     */
    void recordLost(String asked, String path) {
        attempts.add(lost(asked, path));
        write();
    }

    /**
     * Notes that files of this point cannot be read. Checkpoints of one run share files, so the
     * others of its run are tried after all that is left elsewhere.
     *
     * @param asked what the setting says
     */
    void recordLostFiles(String asked, String path) {
        Path run = new Path(path).getParent();
        if (!run.getName().endsWith(RestorePoints.SAVEPOINTS_SUFFIX)) {
            attempts.add(lost(asked, run.toString()));
        }
        recordLost(asked, path);
    }

    private static Attempt lost(String asked, String path) {
        return new Attempt(System.currentTimeMillis(), true, path, asked);
    }

    private void write() {
        StringBuilder lines = new StringBuilder();
        for (Attempt attempt :
                attempts.subList(Math.max(0, attempts.size() - LINES), attempts.size())) {
            lines.append(attempt.line());
        }
        try {
            FileSystem files = file.getFileSystem();
            files.mkdirs(file.getParent());
            try (OutputStream out = files.create(file, WriteMode.OVERWRITE)) {
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static List<Attempt> read(Path file) {
        List<Attempt> attempts = new ArrayList<>();
        try {
            FileSystem files = file.getFileSystem();
            if (!files.exists(file)) {
                return attempts;
            }
            try (FSDataInputStream in = files.open(file)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                text.lines().forEach(line -> attempts.add(attempt(file, line)));
            }
            return attempts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Attempt attempt(Path file, String line) {
        String[] parts = line.split(" ", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,18}")) {
            throw new IllegalStateException(
                    "expected lines 'MILLISECONDS PATH' or 'MILLISECONDS lost PATH' in %s, found '%s'; delete the file"
                            .formatted(file, line));
        }
        boolean lost = parts[1].startsWith(LOST);
        String[] rest = (lost ? parts[1].substring(LOST.length()) : parts[1]).split("\t", 2);
        return new Attempt(
                Long.parseLong(parts[0]), lost, rest[0], rest.length == 2 ? rest[1] : NEWEST);
    }
}
