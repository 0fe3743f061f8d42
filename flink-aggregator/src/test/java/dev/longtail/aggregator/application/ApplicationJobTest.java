package dev.longtail.aggregator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From which state the job goes on, start after start. */
class ApplicationJobTest {

    @TempDir Path data;
    private Map<String, String> environment;

    @BeforeEach
    void describe() {
        environment =
                Map.of(
                        "LONGTAIL_EXPERIMENT",
                        "digits",
                        "LONGTAIL_BOOTSTRAP_SERVERS",
                        "broker:9092",
                        "LONGTAIL_WORK_DIR",
                        data.toString(),
                        "LONGTAIL_CHECKPOINT_DIR",
                        data.toUri().toString());
    }

    @Test
    void theFirstStartCountsFromTheBeginning() {
        assertThat(restored()).isEqualTo("none");
    }

    @Test
    void goesOnFromTheNewestCheckpointOrSavepoint() throws IOException {
        point("digits/job1/chk-8", 1);
        String newest = point("digits-savepoints/savepoint-1", 3);
        point("digits/job1/chk-9", 2);
        point("other/job1/chk-9", 9);

        assertThat(restored()).isEqualTo(newest);
    }

    @Test
    void aPointThatNeverWorksMakesWayForAnOlderOne() throws IOException {
        String older = point("digits/job1/chk-8", 1);
        String damaged = point("digits/job1/chk-9", 2);

        for (int start = 0; start < RestoreAttempts.TRIES; start++) {
            assertThat(restored()).isEqualTo(damaged);
        }
        assertThat(restored()).isEqualTo(older);

        String next = point("digits/job2/chk-1", 3);
        assertThat(restored()).isEqualTo(next);
    }

    @Test
    void whenAllPointsWereTriedTheNewestHasItsTurnAgain() throws IOException {
        String only = point("digits/job1/chk-9", 2);

        for (int start = 0; start < 2 * RestoreAttempts.TRIES + 1; start++) {
            assertThat(restored()).isEqualTo(only);
        }
    }

    @Test
    void aLostPointIsNotTriedAgain() throws IOException {
        String older = point("digits/job1/chk-8", 1);
        String lost = point("digits/job1/chk-9", 2);
        assertThat(restored()).isEqualTo(lost);

        RestoreAttempts.in(data.resolve("digits").toUri().toString()).recordLost("newest", lost);

        for (int start = 0; start < 2 * RestoreAttempts.TRIES; start++) {
            assertThat(restored()).isEqualTo(older);
        }
    }

    /** They share files: what one misses the others are likely to miss. */
    @Test
    void otherCheckpointsOfARunWithLostFilesComeLast() throws IOException {
        String savepoint = point("digits-savepoints/savepoint-1", 1);
        String sameRun = point("digits/job1/chk-8", 2);
        String lost = point("digits/job1/chk-9", 3);
        String directory = data.resolve("digits").toUri().toString();

        RestoreAttempts.in(directory).recordLostFiles("newest", lost);
        assertThat(restored()).isEqualTo(savepoint);

        RestoreAttempts.in(directory).recordLostFiles("newest", savepoint);
        assertThat(restored()).isEqualTo(sameRun);
    }

    @Test
    void countsAnewWhenAllPointsAreLost() throws IOException {
        String lost = point("digits/job1/chk-9", 2);

        RestoreAttempts.in(data.resolve("digits").toUri().toString())
                .recordLost("newest", lost.replace("file:", "file://"));

        assertThat(restored()).isEqualTo("none");
    }

    /** Otherwise every restart would throw away what was counted since. */
    @Test
    void aPathThatWasAskedForHoldsUntilTheJobHasACheckpointOfItsOwn() throws IOException {
        point("digits/job1/chk-9", 1);
        String asked = "--restore=" + data.resolve("elsewhere/savepoint");

        assertThat(restored(asked)).isEqualTo(data.resolve("elsewhere/savepoint").toString());
        assertThat(restored(asked)).isEqualTo(data.resolve("elsewhere/savepoint").toString());

        String own = point("digits/job2/chk-1", Instant.now().getEpochSecond() + 60);
        assertThat(restored(asked)).isEqualTo(own);
    }

    @Test
    void theSamePathCanBeAskedForOnceMore() throws IOException {
        String asked = "--restore=" + data.resolve("elsewhere/savepoint");
        restored(asked);
        String own = point("digits/job2/chk-1", Instant.now().getEpochSecond() + 60);

        assertThat(restored(asked)).isEqualTo(own);
        assertThat(restored()).isEqualTo(own);
        assertThat(restored(asked)).isEqualTo(data.resolve("elsewhere/savepoint").toString());
    }

    @Test
    void anewHoldsUntilTheJobHasACheckpointOfItsOwn() throws IOException {
        point("digits/job1/chk-9", 1);

        assertThat(restored("--restore=anew")).isEqualTo("none");
        assertThat(restored("--restore=anew")).isEqualTo("none");

        String own = point("digits/job2/chk-1", Instant.now().getEpochSecond() + 60);
        assertThat(restored("--restore=anew")).isEqualTo(own);
    }

    @Test
    void noneMeansNone() throws IOException {
        point("digits/job1/chk-9", 1);

        assertThat(restored("--restore=none")).isEqualTo("none");
    }

    @Test
    void aMisspeltSettingIsNamed() {
        Map<String, String> misspelt = new HashMap<>(environment);
        misspelt.put("LONGTAIL_PAIRZ", "none");

        assertThatThrownBy(() -> ApplicationJob.given(new String[0], misspelt))
                .hasMessageContaining("LONGTAIL_PAIRZ");
    }

    @Test
    void aFileOfAttemptsThatIsNoneIsNamed() throws IOException {
        point("digits/job1/chk-9", 1);
        Files.writeString(data.resolve("digits-restores"), "gibberish\n");

        assertThatThrownBy(this::restored)
                .hasMessageContaining("digits-restores")
                .hasMessageContaining("found 'gibberish'");
    }

    private String restored(String... arguments) {
        return ApplicationJob.start(arguments, environment).settings().restore();
    }

    private String point(String path, long second) throws IOException {
        Path point = Files.createDirectories(data.resolve(path));
        Path metadata = Files.writeString(point.resolve("_metadata"), "x");
        Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(second)));
        return "file:" + point;
    }
}
