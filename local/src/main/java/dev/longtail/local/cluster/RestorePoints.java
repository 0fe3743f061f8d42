package dev.longtail.local.cluster;

import dev.longtail.aggregator.cluster.RetainedCheckpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a job can be restored from: checkpoints and savepoints of earlier runs on this machine.
 *
 * <pre>
 *   data/&lt;output&gt;/&lt;job id&gt;/chk-7/_metadata
 *   data/&lt;output&gt;-savepoints/savepoint-1a2b3c/_metadata
 * </pre>
 */
final class RestorePoints {

    /** So many are tried before all trials are counted anew. */
    static final int KEPT = 3;

    private final Path checkpoints;
    private final Path savepoints;

    /**
     * @param data directory of all state
     * @param output prefix of the job's output topics
     */
    RestorePoints(Path data, String output) {
        this.checkpoints = data.resolve(output);
        this.savepoints = data.resolve(output + "-savepoints");
    }

    /** Where savepoints go. */
    Path savepoints() {
        return savepoints;
    }

    /** Complete checkpoints and savepoints, newest first. */
    List<Path> newestFirst() {
        List<Path> points = new ArrayList<>(RetainedCheckpoints.newestFirst(checkpoints));
        points.addAll(RetainedCheckpoints.newestFirst(savepoints));
        points.sort(Comparator.comparing(RestorePoints::time).reversed());
        return points;
    }

    /**
     * Deletes what nothing is restored from any more: directories of earlier runs and savepoints
     * without one of the newest {@value #KEPT} points. Only while the job does not run. A run never
     * uses files of another run's checkpoints, since it was restored without claiming them.
     */
    void prune() {
        Set<Path> kept =
                newestFirst().stream()
                        .limit(KEPT)
                        .map(point -> point.startsWith(savepoints) ? point : point.getParent())
                        .collect(Collectors.toSet());
        Stream.of(checkpoints, savepoints)
                .filter(Files::isDirectory)
                .flatMap(directory -> list(directory).stream())
                .filter(directory -> !kept.contains(directory))
                .forEach(RestorePoints::delete);
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the old state " + tree, e);
        }
    }

    private static FileTime time(Path point) {
        try {
            return Files.getLastModifiedTime(point.resolve("_metadata"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + point, e);
        }
    }
}
