package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.ExperimentKafka;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Disks that are full or cannot be written. Without checkpoints counting goes on, and they are
 * written when they can be; without the disk of the working state or of the broker it stops, and
 * goes on by itself when there is room.
 */
@ExtendWith(TestedSystem.Shared.class)
class UnwritableStateITCase {

    private static final int TRIALS_PER_SECOND = 200;
    private static final int CHECKPOINTS_MEGABYTES = 16;

    /** RocksDB reserves 4 MB for each list of files. */
    private static final int STATE_MEGABYTES = 128;

    private static final int TOPICS_MEGABYTES = 128;

    private interface Change {
        void make() throws IOException;
    }

    @Test
    void countsOnWhileTheDiskIsFullOrReadOnlyOrTheDirectoryGone(TestedSystem system)
            throws Exception {
        Load load = Load.of("unwritable", 100_000);
        // Of its own: the topics of the system's broker are on the disk of all.
        BrokerProcess broker = new BrokerProcess(system.dir.resolve("small-broker"));
        try (SmallDisk topics = SmallDisk.mount(broker.data(), TOPICS_MEGABYTES);
                SmallDisk state = SmallDisk.mount(system.flink.workingState(), STATE_MEGABYTES);
                broker) {
            broker.start();
            try (ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers());
                    CountedJob job = new CountedJob(system, kafka, load, 3);
                    SmallDisk checkpoints =
                            SmallDisk.mount(job.checkpoints(), CHECKPOINTS_MEGABYTES);
                    TrialFeed feed = new TrialFeed(system, kafka, load, TRIALS_PER_SECOND)) {
                job.start(2);
                job.awaitTrials(1);
                if (checkpoints != null) {
                    assertCountsOn(system, job, checkpoints::fill, checkpoints::makeRoom);
                    assertCountsOn(
                            system,
                            job,
                            () -> checkpoints.setReadOnly(true),
                            () -> checkpoints.setReadOnly(false));
                }
                loseDirectory(system, job);
                if (topics == null || state == null) {
                    system.flink.jobManager().kill();
                    job.start(2);
                } else {
                    FullDisks disks = new FullDisks(system, job);
                    disks.fillTopics(topics, broker, feed);
                    disks.fillWorkingState(state);
                }
                job.assertExact(feed.end());
                system.flink.jobManager().kill();
                Assumptions.assumeTrue(
                        checkpoints != null, "SKIPPED: full and read-only disks, which take root");
            }
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
