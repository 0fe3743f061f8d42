package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.testing.ChangingTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checkpoints that cannot be read any more: whoever starts JobManagers need do nothing else. */
@ExtendWith(TestedSystem.Shared.class)
class DamagedStateITCase {

    private static final int TRIALS_PER_SECOND = 200;
    private static final int PARALLELISM = 2;

    @Test
    void goesBackByItselfToTheNewestStateThatCanBeRead(TestedSystem system) throws Exception {
        // Counters of a few kilobytes would lie in the metadata, not in files that are shared.
        Load load = Load.sized("damaged", 211, 149, 60_000);
        try (CountedJob job = new CountedJob(system, load, 3);
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            job.start(PARALLELISM);
            job.awaitTrials(1);
            system.rest.takeSavepoint(job.restorePoints().savepoints());

            if (!FaultLength.isShort()) {
                giveUp(system, job, Files::delete, "FileNotFoundException");
            }
            giveUp(system, job, DamagedStateITCase::damageBlocks, "checksum mismatch");

            system.flink.jobManager().kill();
            Files.write(newest(job).resolve("_metadata"), new byte[] {1, 2, 3});
            assertThat(job.startUntilItRuns(PARALLELISM))
                    .as("starts: one that finds it damaged, one from the checkpoint before")
                    .isEqualTo(2);
            job.assertExact(feed.end());
        }
    }

    @FunctionalInterface
    private interface Damage {

        /** Does it to a file of checkpoints; once more makes no difference. */
        void to(Path file) throws IOException;
    }

    /** All checkpoints of a run share files; the savepoint has its own. */
    private static void giveUp(TestedSystem system, CountedJob job, Damage damage, String reason)
            throws Exception {
        job.awaitCheckpoint();
        system.flink.taskManager(1).kill();
        system.flink.taskManager(2).kill();
        damageAll(newest(job).resolveSibling("shared"), damage);
        system.flink.startTaskManager(1);
        system.flink.startTaskManager(2);
        system.flink.jobManager().awaitExit();
        assertThat(system.flink.jobManager().log())
                .containsPattern("'damaged' CANNOT BE RESTORED from .*" + reason);
        job.startUntilItRuns(PARALLELISM);
        job.awaitCheckpoint();
    }

    private static Path newest(CountedJob job) {
        return Path.of(URI.create(job.restorePoints().newestFirst().get(0).path()));
    }

    /** A JobManager without tasks may still delete files of a checkpoint that failed. */
    private static void damageAll(Path directory, Damage damage) {
        AtomicInteger damaged = new AtomicInteger();
        await().atMost(CountedJob.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            for (Path path : ChangingTree.files(directory)) {
                                damage.to(path);
                                damaged.incrementAndGet();
                            }
                            return true;
                        });
        assertThat(damaged.get()).as("damaged files in %s", directory).isPositive();
    }

    /** The first quarter, which holds blocks of values; their index stays as it is. */
    private static void damageBlocks(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, bytes.length / 4, (byte) 0x5a);
        Files.write(file, bytes);
    }
}
