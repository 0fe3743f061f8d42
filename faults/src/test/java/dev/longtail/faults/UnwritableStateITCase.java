package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checkpoints that cannot be written: counting goes on, and they are written when they can be. */
@ExtendWith(TestedSystem.Shared.class)
class UnwritableStateITCase {

    private static final int TRIALS_PER_SECOND = 200;

    private interface Change {
        void make() throws IOException;
    }

    @Test
    void countsOnWhileTheDirectoryIsGone(TestedSystem system) throws Exception {
        Load load = Load.of("unwritable", 60_000);
        try (CountedJob job = new CountedJob(system, load, 3);
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            job.start(2);
            job.awaitTrials(1);
            Path directory = job.checkpoints();
            Path aside = directory.resolveSibling("aside");
            assertCountsOn(
                    system,
                    job,
                    () -> {
                        Files.move(directory, aside);
                        Files.createFile(directory);
                    },
                    () -> {
                        Files.delete(directory);
                        Files.move(aside, directory);
                    });
            restartAndCompare(system, job, feed);
        }
    }

    @Test
    void countsOnWhileTheDiskIsFullOrReadOnly(TestedSystem system) throws Exception {
        Load load = Load.of("full", 60_000);
        try (CountedJob job = new CountedJob(system, load, 3);
                SmallDisk disk = SmallDisk.at(job.checkpoints());
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            job.start(2);
            job.awaitTrials(1);
            assertCountsOn(system, job, disk::fill, disk::makeRoom);
            assertCountsOn(
                    system, job, () -> disk.setReadOnly(true), () -> disk.setReadOnly(false));
            restartAndCompare(system, job, feed);
            system.flink.jobManager().kill();
        }
    }

    /** Checkpoints fail and are reported so, counting goes on, and afterwards all is well again. */
    private static void assertCountsOn(
            TestedSystem system, CountedJob job, Change fault, Change remedy) throws Exception {
        job.awaitCheckpoint();
        fault.make();
        long failed = system.rest.failedCheckpoints();
        await().atMost(CountedJob.PATIENCE)
                .until(() -> system.rest.failedCheckpoints() > failed + 1);
        job.awaitTrials(job.progress().getTrials() + 1);
        remedy.make();
        job.awaitCheckpoint();
    }

    private static void restartAndCompare(TestedSystem system, CountedJob job, TrialFeed feed)
            throws Exception {
        system.flink.jobManager().kill();
        job.start(2);
        job.assertExact(feed.end());
    }
}
