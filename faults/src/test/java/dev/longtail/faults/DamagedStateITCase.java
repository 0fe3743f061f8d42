package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checkpoints that cannot be read, and checkpoints that cannot be written. */
@ExtendWith(TestedSystem.Shared.class)
class DamagedStateITCase {

    private static final int TRIALS = 900;
    private static final int RATE = 300;

    @Test
    void goesOnFromAnOlderCheckpointWhenTheNewestIsDamaged(TestedSystem system) throws Exception {
        Load load = Load.of("damaged", TRIALS);
        try (CountedJob job = new CountedJob(system, load, 3);
                OsProcess generator = system.startGenerator(load, RATE)) {
            job.start(2);
            job.awaitTrials(1);
            job.awaitCheckpoint();
            system.flink.jobManager().kill();

            Path newest = newest(job);
            Files.write(newest.resolve("_metadata"), new byte[] {1, 2, 3});
            int starts = startUntilItRuns(system, job);
            assertThat(starts).as("the damaged one is tried, then passed over").isGreaterThan(1);
            assertThat(generator.awaitExit()).isZero();
            job.assertExact();
        }
    }

    @Test
    void goesOnFromTheStateThatIsNamedWhenFilesOfTheNewestAreMissing(TestedSystem system)
            throws Exception {
        Load load = Load.of("missing", TRIALS);
        try (CountedJob job = new CountedJob(system, load, 3);
                OsProcess generator = system.startGenerator(load, RATE)) {
            job.start(1);
            job.awaitTrials(1);
            job.stop();
            String savepoint = job.restorePoints().newestFirst().get(0).path();
            job.start(2);
            job.awaitRunning();
            job.awaitCheckpoint();
            system.flink.jobManager().kill();

            deleteContents(newest(job).resolveSibling("shared"));
            job.start(2);
            await().atMost(CountedJob.PATIENCE)
                    .until(() -> system.rest.lastFailure().contains("FileNotFoundException"));
            system.flink.jobManager().kill();
            job.start(2, "--restore=" + savepoint);
            assertThat(generator.awaitExit()).isZero();
            job.assertExact();
        }
    }

    @Test
    void countsOnWhileTheDirectoryCannotBeWritten(TestedSystem system) throws Exception {
        Load load = Load.of("unwritable", TRIALS);
        try (CountedJob job = new CountedJob(system, load, 3)) {
            Path directory = job.checkpoints();
            Path aside = directory.resolveSibling("aside");
            assertCountsOn(
                    system,
                    load,
                    job,
                    () -> {
                        Files.move(directory, aside);
                        Files.createFile(directory);
                    },
                    () -> {
                        Files.delete(directory);
                        Files.move(aside, directory);
                    });
        }
    }

    @Test
    void countsOnWhileTheDiskIsFull(TestedSystem system) throws Exception {
        Load load = Load.of("full", TRIALS);
        try (CountedJob job = new CountedJob(system, load, 3);
                SmallDisk disk = SmallDisk.at(job.checkpoints())) {
            assertCountsOn(system, load, job, disk::fill, disk::makeRoom);
            system.flink.jobManager().kill();
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Checkpoints fail and are reported so, counting goes on, and afterwards all is well again. */
    private static void assertCountsOn(
            TestedSystem system, Load load, CountedJob job, Change fault, Change remedy)
            throws Exception {
        job.start(2);
        try (OsProcess generator = system.startGenerator(load, RATE)) {
            job.awaitTrials(1);
            job.awaitCheckpoint();
            fault.make();
            long failed = system.rest.failedCheckpoints();
            await().atMost(CountedJob.PATIENCE)
                    .until(() -> system.rest.failedCheckpoints() > failed);
            assertThat(generator.awaitExit()).isZero();
            job.awaitTrials(TRIALS);
            remedy.make();
            job.awaitCheckpoint();
            system.flink.jobManager().kill();
            job.start(2);
            job.assertExact();
        }
    }

    /** Starts JobManagers as a supervisor does, one after the other, until the job runs. */
    private static int startUntilItRuns(TestedSystem system, CountedJob job) {
        int starts = 0;
        do {
            job.start(2);
            starts++;
            await().atMost(CountedJob.PATIENCE)
                    .until(() -> system.rest.runs() || !system.flink.jobManager().isAlive());
        } while (!system.flink.jobManager().isAlive());
        return starts;
    }

    private static Path newest(CountedJob job) {
        return Path.of(java.net.URI.create(job.restorePoints().newestFirst().get(0).path()));
    }

    private static void deleteContents(Path directory) throws IOException {
        try (var tree = Files.walk(directory)) {
            for (Path path :
                    tree.sorted(Comparator.reverseOrder())
                            .filter(path -> !path.equals(directory))
                            .toList()) {
                Files.delete(path);
            }
        }
    }
}
