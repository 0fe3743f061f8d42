package dev.longtail.aggregator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Complete checkpoints that jobs left in a local directory, {@code <dir>/<job
 * id>/chk-<number>/_metadata}: a checkpoint is complete when its metadata file exists.
 */
public final class RetainedCheckpoints {

    private static final String METADATA = "_metadata";
    private static final int DEPTH = 3;

    private RetainedCheckpoints() {}

    /** The newest complete checkpoint below the directory; empty where there is none. */
    public static Optional<Path> newest(Path checkpointDir) {
        return newestFirst(checkpointDir).stream().findFirst();
    }

    /** All complete checkpoints below the directory, newest first. */
    public static List<Path> newestFirst(Path checkpointDir) {
        if (!Files.isDirectory(checkpointDir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(checkpointDir, DEPTH)) {
            return files.filter(file -> file.getFileName().toString().equals(METADATA))
                    .sorted(Comparator.comparing(RetainedCheckpoints::time).reversed())
                    .map(Path::getParent)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list checkpoints in " + checkpointDir, e);
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
