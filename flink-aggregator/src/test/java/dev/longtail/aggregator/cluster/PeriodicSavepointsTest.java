package dev.longtail.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeriodicSavepointsTest {

    @TempDir Path data;
    private RestorePoints points;
    private final List<String> said = new ArrayList<>();
    private int taken;

    @BeforeEach
    void name() {
        points = new RestorePoints(data.resolve("demo").toUri().toString());
    }

    @Test
    void takesThemAndKeepsTheNewestTwo() {
        PeriodicSavepoints savepoints = savepoints(Duration.ofNanos(1));
        for (int look = 0; look < 5; look++) {
            savepoints.look();
        }
        assertThat(taken).isEqualTo(5);
        assertThat(points.newestFirst())
                .extracting(point -> new org.apache.flink.core.fs.Path(point.path()).getName())
                .containsExactly("savepoint-4", "savepoint-3");
        assertThat(said).isEmpty();
    }

    @Test
    void noneBeforeItsTimeAndNoneForZero() {
        savepoints(Duration.ofHours(1)).look();
        savepoints(Duration.ZERO).look();
        assertThat(taken).isZero();
    }

    @Test
    void oneAtATime() {
        CompletableFuture<String> underWay = new CompletableFuture<>();
        PeriodicSavepoints savepoints =
                new PeriodicSavepoints(
                        Duration.ofNanos(1),
                        points,
                        directory -> {
                            taken++;
                            return underWay;
                        },
                        said::add);
        savepoints.look();
        savepoints.look();
        assertThat(taken).isEqualTo(1);
        underWay.completeExceptionally(new IOException("disk full"));
        assertThat(said).singleElement().asString().contains("disk full");
        savepoints.look();
        assertThat(taken).isEqualTo(2);
    }

    private PeriodicSavepoints savepoints(Duration interval) {
        return new PeriodicSavepoints(interval, points, this::take, said::add);
    }

    private CompletableFuture<String> take(String directory) {
        Path savepoint = data.resolve("demo-savepoints/savepoint-" + taken);
        try {
            Files.createDirectories(savepoint);
            Path metadata = Files.writeString(savepoint.resolve("_metadata"), "x");
            Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(taken)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        taken++;
        return CompletableFuture.completedFuture(savepoint.toUri().toString());
    }
}
