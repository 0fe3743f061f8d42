package dev.longtail.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Time of all processors so far, as Linux tells it, in its ticks: a rate says little without how
 * much of the machine there was for it.
 *
 * @param all of all processors
 * @param idle when nobody had anything to do
 * @param ours that this process and those that it started took
 */
record ProcessorTime(long all, long idle, long ours) {

    /** Columns of the first line of {@code /proc/stat}: the two after these are in the first. */
    private static final int COLUMNS = 8;

    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;

    /** Columns after the name in {@code /proc/PID/stat}: user, system, and of ended children. */
    private static final int USER = 11;

    private static final int LIVING = 2;
    private static final int WITH_ENDED_CHILDREN = 4;

    static ProcessorTime now() {
        long[] columns = numbers(read("stat").lines().findFirst().orElseThrow(), "cpu");
        return new ProcessorTime(
                LongStream.of(columns).limit(COLUMNS).sum(),
                columns[IDLE] + columns[WAITING_FOR_DISK],
                ticks("self", WITH_ENDED_CHILDREN)
                        + ProcessHandle.current()
                                .children()
                                .filter(ProcessHandle::isAlive)
                                .mapToLong(child -> ticks(String.valueOf(child.pid()), LIVING))
                                .sum());
    }

    private static long ticks(String process, int columns) {
        String[] found = read(process + "/stat").replaceFirst(".*\\) ", "").split(" ");
        return Stream.of(found).skip(USER).limit(columns).mapToLong(Long::parseLong).sum();
    }

    private static long[] numbers(String line, String name) {
        return Stream.of(line.substring(name.length()).strip().split(" +"))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("/proc", file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/" + file, e);
        }
    }

    /** What became of the processors since an earlier moment, in percent of all of them. */
    String since(ProcessorTime earlier) {
        double of = Math.max(1, all - earlier.all) / 100.0;
        double busy = (all - earlier.all) - (idle - earlier.idle);
        double mine = ours - earlier.ours;
        return "processors %.0f %% busy, %.0f %% with this test, %.0f %% with others"
                .formatted(busy / of, mine / of, Math.max(0, busy - mine) / of);
    }
}
