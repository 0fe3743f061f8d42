package dev.longtail.aggregator.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What a job can be restored from: complete checkpoints and savepoints of earlier runs, on a disk
 * or in an object store. Either is complete when its metadata file exists, which is written last.
 *
 * <pre>
 *   &lt;directory&gt;/&lt;output&gt;/&lt;job id&gt;/chk-7/_metadata
 *   &lt;directory&gt;/&lt;output&gt;-savepoints/savepoint-1a2b3c/_metadata
 * </pre>
 */
public final class RestorePoints {

    /** So many are kept, and tried before all trials are counted anew. */
    public static final int KEPT = 3;

    /** So many directories that share no file are kept at least. */
    private static final int INDEPENDENT = 2;

    /** What the directory of savepoints has behind the name of that of checkpoints. */
    public static final String SAVEPOINTS_SUFFIX = "-savepoints";

    private static final String METADATA = "_metadata";

    /**
     * A checkpoint or savepoint.
     *
     * @param path what Flink restores from
     * @param writtenMillis when it was completed, milliseconds since 1970
     */
    public record Point(String path, long writtenMillis) {}

    private final Path checkpoints;
    private final Path savepoints;

    /**
     * @param checkpointDir directory of the checkpoints of one output, a path or URI
     */
    public RestorePoints(String checkpointDir) {
        this.checkpoints = new Path(checkpointDir);
        this.savepoints =
                new Path(checkpoints.getParent(), checkpoints.getName() + SAVEPOINTS_SUFFIX);
    }

    /** Where savepoints go. */
    public String savepoints() {
        return savepoints.toString();
    }

    /**
     * All of them, newest first.
     *
     * @throws UncheckedIOException when a directory cannot be listed
     */
    public List<Point> newestFirst() {
        return Stream.concat(
                        directories(checkpoints).flatMap(run -> directories(run.getPath())),
                        directories(savepoints))
                .flatMap(RestorePoints::point)
                .sorted(Comparator.comparing(Point::writtenMillis).reversed())
                .toList();
    }

    /**
     * Deletes what nothing is restored from any more. The directories of runs and the savepoints
     * that have one of the newest {@value #KEPT} points stay, and so do the newest {@value
     * #INDEPENDENT} directories and the newest savepoint: checkpoints of one run share files, and
     * what damages one may damage all. Only while the job does not run. A run never uses files of
     * another run's checkpoints, provided it was restored without claiming them.
     *
     * @throws UncheckedIOException when a directory cannot be listed or deleted
     */
    public void prune() {
        List<Path> newestFirst =
                newestFirst().stream().map(point -> new Path(point.path())).toList();
        Set<Path> kept = new HashSet<>();
        newestFirst.stream().limit(KEPT).map(this::directory).forEach(kept::add);
        newestFirst.stream().map(this::directory).distinct().limit(INDEPENDENT).forEach(kept::add);
        newestFirst.stream().filter(this::isSavepoint).limit(1).forEach(kept::add);
        Stream.concat(directories(checkpoints), directories(savepoints))
                .map(FileStatus::getPath)
                .filter(directory -> !kept.contains(directory))
                .forEach(RestorePoints::delete);
    }

    /**
     * Deletes all savepoints but the newest. Also while the job runs, provided it was not restored
     * from one of those.
     *
     * @param kept so many stay
     * @throws UncheckedIOException when the directory cannot be listed or deleted
     */
    public void pruneSavepoints(int kept) {
        newestFirst().stream()
                .map(point -> new Path(point.path()))
                .filter(this::isSavepoint)
                .skip(kept)
                .forEach(RestorePoints::delete);
    }

    /** What shares files with a point: all of its run, or a savepoint alone. */
    private Path directory(Path point) {
        return isSavepoint(point) ? point : point.getParent();
    }

    private boolean isSavepoint(Path point) {
        return point.getParent().getName().equals(savepoints.getName());
    }

    private static Stream<Point> point(FileStatus directory) {
        return list(directory.getPath())
                .filter(file -> file.getPath().getName().equals(METADATA))
                .map(file -> new Point(directory.getPath().toString(), file.getModificationTime()));
    }

    private static Stream<FileStatus> directories(Path parent) {
        return list(parent).filter(FileStatus::isDir);
    }

    private static Stream<FileStatus> list(Path directory) {
        try {
            FileSystem files = directory.getFileSystem();
            FileStatus[] found = files.exists(directory) ? files.listStatus(directory) : null;
            return found == null ? Stream.empty() : Arrays.stream(found);
        } catch (FileNotFoundException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static void delete(Path tree) {
        try {
            tree.getFileSystem().delete(tree, true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the old state " + tree, e);
        }
    }
}
