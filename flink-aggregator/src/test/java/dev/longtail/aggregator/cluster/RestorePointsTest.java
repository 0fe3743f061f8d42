package dev.longtail.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorePointsTest {

    @TempDir Path data;

    @Test
    void checkpointsAndSavepointsTogetherNewestFirst() throws Exception {
        Path oldest = point("demo/job1/chk-8", 1);
        Path newest = point("demo-savepoints/savepoint-1", 9);
        Path middle = point("demo/job2/chk-1", 5);
        Files.createDirectories(data.resolve("demo/job2/chk-2"));
        point("other/job3/chk-1", 10);

        assertThat(points().newestFirst())
                .extracting(point -> Path.of(URI.create(point.path())))
                .containsExactly(newest, middle, oldest);
    }

    @Test
    void noneBeforeTheFirstRun() {
        assertThat(points().newestFirst()).isEmpty();
        points().prune();
    }

    @Test
    void prunesRunsFromWhichNothingIsRestoredAnyMore() throws Exception {
        point("demo/job1/chk-8", 1);
        Files.createDirectories(data.resolve("demo/empty-run/shared"));
        point("demo-savepoints/savepoint-0", 2);
        point("demo/job2/chk-3", 3);
        point("demo/job2/chk-4", 4);
        point("demo-savepoints/savepoint-1", 5);
        point("demo/job3/chk-1", 6);

        points().prune();

        assertThat(data.resolve("demo/job1")).doesNotExist();
        assertThat(data.resolve("demo/empty-run")).doesNotExist();
        assertThat(data.resolve("demo-savepoints/savepoint-0")).doesNotExist();
        assertThat(data.resolve("demo/job2/chk-3")).as("its run has one of the newest").exists();
        assertThat(data.resolve("demo/job2/chk-4")).exists();
        assertThat(data.resolve("demo-savepoints/savepoint-1")).exists();
        assertThat(data.resolve("demo/job3/chk-1")).exists();
    }

    /** Three checkpoints of one run are one way back, not three: they share files. */
    @Test
    void keepsAnOlderRunAndTheNewestSavepointBesideTheCheckpointsOfOneRun() throws Exception {
        point("demo-savepoints/savepoint-0", 1);
        point("demo-savepoints/savepoint-1", 2);
        point("demo/job0/chk-1", 3);
        point("demo/job1/chk-8", 4);
        point("demo/job2/chk-1", 5);
        point("demo/job2/chk-2", 6);
        point("demo/job2/chk-3", 7);

        points().prune();

        assertThat(data.resolve("demo/job2/chk-1")).exists();
        assertThat(data.resolve("demo/job1/chk-8")).exists();
        assertThat(data.resolve("demo/job0")).doesNotExist();
        assertThat(data.resolve("demo-savepoints/savepoint-1")).exists();
        assertThat(data.resolve("demo-savepoints/savepoint-0")).doesNotExist();
    }

    @Test
    void prunesSavepointsButTheNewest() throws Exception {
        point("demo-savepoints/savepoint-0", 1);
        point("demo-savepoints/savepoint-1", 2);
        point("demo-savepoints/savepoint-2", 3);
        point("demo/job1/chk-8", 4);

        points().pruneSavepoints(2);

        assertThat(points().newestFirst()).hasSize(3);
        assertThat(data.resolve("demo-savepoints/savepoint-0")).doesNotExist();
    }

    private RestorePoints points() {
        return new RestorePoints(data.resolve("demo").toUri().toString());
    }

    private Path point(String path, long second) throws IOException {
        Path point = Files.createDirectories(data.resolve(path));
        Path metadata = Files.writeString(point.resolve("_metadata"), "x");
        Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(second)));
        return point;
    }
}
