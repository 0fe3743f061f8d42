package dev.longtail.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds at a moment, as Linux tells.
 *
 * @param residentBytes its memory, everything included
 * @param threads of the process
 * @param files open files and sockets
 */
record ProcessUsage(long residentBytes, long threads, long files) {

    static ProcessUsage of(OsProcess process) {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        try (var files = Files.list(proc.resolve("fd"))) {
            long kilobytes = 0;
            long threads = 0;
            for (String line : Files.readAllLines(proc.resolve("status"))) {
                if (line.startsWith("VmRSS:")) {
                    kilobytes = number(line);
                } else if (line.startsWith("Threads:")) {
                    threads = number(line);
                }
            }
            return new ProcessUsage(kilobytes * 1024, threads, files.count());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + proc, e);
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** The larger of each. */
    ProcessUsage max(ProcessUsage other) {
        return new ProcessUsage(
                Math.max(residentBytes, other.residentBytes),
                Math.max(threads, other.threads),
                Math.max(files, other.files));
    }

    @Override
    public String toString() {
        return "%d MB, %d threads, %d files".formatted(residentBytes >> 20, threads, files);
    }
}
