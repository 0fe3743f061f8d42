package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checkpoints that cannot be read any more: whoever starts JobManagers need do nothing else. */
@ExtendWith(TestedSystem.Shared.class)
class DamagedStateITCase {

    private static final int TRIALS_PER_SECOND = 200;
    private static final int PARALLELISM = 2;

    @Test
    void goesBackByItselfToTheNewestStateThatCanBeRead(TestedSystem system) throws Exception {
        Load load = Load.of("damaged", 60_000);
        try (CountedJob job = new CountedJob(system, load, 3);
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            job.start(PARALLELISM);
            job.awaitTrials(1);
            system.rest.takeSavepoint(job.restorePoints().savepoints());
            job.awaitCheckpoint();

            // All checkpoints of this run share files; the savepoint has its own.
            deleteFiles(newest(job).resolveSibling("shared"));
            system.flink.taskManager(1).kill();
            system.flink.taskManager(2).kill();
            system.flink.startTaskManager(1);
            system.flink.startTaskManager(2);
            system.flink.jobManager().awaitExit();
            assertThat(system.flink.jobManager().log())
                    .contains("'damaged' CANNOT BE RESTORED from")
                    .contains("java.io.FileNotFoundException");
            job.startUntilItRuns(PARALLELISM);
            job.awaitCheckpoint();

            system.flink.jobManager().kill();
            Files.write(newest(job).resolve("_metadata"), new byte[] {1, 2, 3});
            assertThat(job.startUntilItRuns(PARALLELISM))
                    .as("starts: one that finds it damaged, one from the checkpoint before")
                    .isEqualTo(2);
            job.assertExact(feed.end());
        }
    }

    private static Path newest(CountedJob job) {
        return Path.of(URI.create(job.restorePoints().newestFirst().get(0).path()));
    }

    /** Files come and go while the job runs. */
    private static void deleteFiles(Path directory) {
        await().atMost(CountedJob.PATIENCE)
                .ignoreException(IOException.class)
                .until(
                        () -> {
                            try (var tree = Files.walk(directory)) {
                                for (Path path :
                                        tree.sorted(Comparator.reverseOrder())
                                                .filter(Files::isRegularFile)
                                                .toList()) {
                                    Files.delete(path);
                                }
                            }
                            return true;
                        });
    }
}
