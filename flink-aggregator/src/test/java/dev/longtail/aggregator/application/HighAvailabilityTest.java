package dev.longtail.aggregator.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the job leaves the state that Flink's high availability points to. */
class HighAvailabilityTest {

    /** Seconds since 1970, after all starts of the test. */
    private static final long LATER = Instant.now().getEpochSecond() + 600;

    @TempDir Path data;
    private String directory;

    @BeforeEach
    void describe() {
        directory = data.resolve("digits").toUri().toString();
    }

    @Test
    void leavesItToFlinkWhileNothingWasGivenUp() throws IOException {
        job("a").start();
        point("digits/a/chk-8", LATER);
        point("digits-savepoints/savepoint-1", LATER + 1);

        assertThat(job("a").replacement()).isEmpty();
        assertThat(job("a").start()).isEqualTo("high-availability");
    }

    /** Whose outputs stay until they are published anew; those of a first start are removed. */
    @Test
    void knowsAJobThatHasRunAndOneThatTheOperatorStartsFromAState() throws IOException {
        point("digits/before/chk-8", 1);

        assertThat(job("a").start()).isEqualTo("none");
        assertThat(job("a").start()).isEqualTo("high-availability");
        assertThat(startedFromState("b").start()).isEqualTo("high-availability");
    }

    @Test
    void goesBackFromWhatWasGivenUpUntilThereIsANewerOne() throws IOException {
        job("a").start();
        String savepoint = point("digits-savepoints/savepoint-1", LATER);
        point("digits/a/chk-8", LATER + 1);
        String lost = point("digits/a/chk-9", LATER + 2);
        giveUp("a", lost);

        assertThat(job("a").replacement()).hasValue(savepoint);
        assertThat(job("a").start()).isEqualTo(savepoint);
        assertThat(job("a").start()).isEqualTo(savepoint);

        point("digits/b7c1/chk-2", LATER + 3);
        assertThat(job("a").replacement()).isEmpty();
    }

    /** As when Flink cannot read what its own pointer leads to, and its JobManager dies of it. */
    @Test
    void goesBackFromWhatWasStartedFromAgainAndAgain() throws IOException {
        job("a").start();
        String older = point("digits/a/chk-8", LATER);
        point("digits/a/chk-9", LATER + 1);

        for (int start = 0; start < RestoreAttempts.TRIES; start++) {
            assertThat(job("a").start()).isEqualTo("high-availability");
        }
        assertThat(job("a").start()).isEqualTo(older);
    }

    @Test
    void mayGoBackBehindTheStateThatTheOperatorStartedItFrom() throws IOException {
        String older = point("digits-savepoints/savepoint-1", 1);
        String given = point("digits-savepoints/savepoint-2", 2);
        startedFromState("a").start();
        giveUp("a", given);

        assertThat(startedFromState("a").start()).isEqualTo(older);
    }

    /** What was counted before that may be of another scope, which the job would refuse. */
    @Test
    void whoWasToldToCountAnewDoesNotGoBackBehindThat() throws IOException {
        point("digits/before/chk-8", 1);
        for (int start = 0; start <= 2 * RestoreAttempts.TRIES; start++) {
            assertThat(job("a").start()).isEqualTo(start == 0 ? "none" : "high-availability");
        }

        giveUp("a", point("digits/a/chk-1", LATER));
        assertThat(job("a").replacement()).hasValue("none");
    }

    /** Another id: the operator was told to start the job from this state, or from none. */
    @Test
    void whatAnotherJobGaveUpMayBeWanted() throws IOException {
        giveUp("a", point("digits/a/chk-9", 1));

        assertThat(startedFromState("b").replacement()).isEmpty();
    }

    private void giveUp(String job, String path) {
        RestoreAttempts.in(directory).recordLostFiles(job(job).asked(), path);
    }

    private HighAvailability job(String id) {
        return new HighAvailability(cluster(id), directory);
    }

    private HighAvailability startedFromState(String id) {
        Configuration cluster = cluster(id);
        cluster.set(StateRecoveryOptions.SAVEPOINT_PATH, "file:/savepoint");
        return new HighAvailability(cluster, directory);
    }

    private static Configuration cluster(String job) {
        Configuration cluster = new Configuration();
        cluster.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, job);
        return cluster;
    }

    private String point(String path, long second) throws IOException {
        Path point = Files.createDirectories(data.resolve(path));
        Path metadata = Files.writeString(point.resolve("_metadata"), "x");
        Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(second)));
        return "file:" + point;
    }
}
