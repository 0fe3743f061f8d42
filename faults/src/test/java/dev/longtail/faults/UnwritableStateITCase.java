package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
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
    void countsOnWhileTheDiskIsFullOrReadOnlyOrTheDirectoryGone(TestedSystem system)
            throws Exception {
        Load load = Load.of("unwritable", 60_000);
        try (CountedJob job = new CountedJob(system, load, 3);
                SmallDisk disk = SmallDisk.mount(job.checkpoints());
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            job.start(2);
            job.awaitTrials(1);
            if (disk != null) {
                assertCountsOn(system, job, disk::fill, disk::makeRoom);
                assertCountsOn(
                        system, job, () -> disk.setReadOnly(true), () -> disk.setReadOnly(false));
            }
            loseDirectory(system, job);
            system.flink.jobManager().kill();
            job.start(2);
            job.assertExact(feed.end());
            system.flink.jobManager().kill();
            Assumptions.assumeTrue(
                    disk != null, "SKIPPED: a full and a read-only disk, which take root");
        }
    }

    /** The directory of this run's checkpoints, with a file in its place. */
    private static void loseDirectory(TestedSystem system, CountedJob job) throws Exception {
        job.awaitCheckpoint();
        Path directory = Path.of(URI.create(job.restorePoints().newestFirst().get(0).path()));
        Path run = directory.getParent();
        Path aside = run.resolveSibling("aside");
        assertCountsOn(
                system,
                job,
                () -> {
                    // A checkpoint that begins just now would make the directory anew.
                    system.flink.all().forEach(OsProcess::pause);
                    Files.move(run, aside);
                    Files.createFile(run);
                    system.flink.all().forEach(OsProcess::resume);
                },
                () -> {
                    Files.delete(run);
                    Files.move(aside, run);
                });
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
}
