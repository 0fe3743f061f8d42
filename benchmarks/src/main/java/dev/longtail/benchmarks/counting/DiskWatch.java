package dev.longtail.benchmarks.counting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches how much a directory's files take; a file with several links counts once. */
final class DiskWatch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 500;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong peak = new AtomicLong();

    static DiskWatch start(Path directory) {
        DiskWatch watch = new DiskWatch();
        watch.timer.scheduleWithFixedDelay(
                () -> watch.peak.accumulateAndGet(size(directory), Math::max),
                0,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
        return watch;
    }

    private static long size(Path directory) {
        Set<Object> seen = new HashSet<>();
        AtomicLong size = new AtomicLong();
        try {
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                            Object key = found.fileKey() == null ? file : found.fileKey();
                            size.addAndGet(seen.add(key) ? found.size() : 0);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return size.get();
    }

    /** Largest size seen so far, bytes. */
    long peakBytes() {
        return peak.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
