package dev.longtail.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

    @TempDir Path dir;

    @Test
    void deletesTheStateOfOneJobAndNothingElse() throws Exception {
        WorkDirectory work = WorkDirectory.at(dir.resolve("work"));
        Path gone = Files.createDirectories(work.jobDirectory("a").resolve("checkpoints"));
        Path kept = Files.createDirectories(work.jobDirectory("b").resolve("checkpoints"));

        work.deleteJobState("a");
        work.deleteJobState("never-existed");

        assertThat(gone).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void aRunningSystemIsFoundWhileItsSupervisorLives() {
        WorkDirectory work = WorkDirectory.at(dir);
        RunningSystem system =
                new RunningSystem(
                        "127.0.0.1:19092",
                        URI.create("http://127.0.0.1:18081"),
                        "127.0.0.1:19069",
                        URI.create("http://127.0.0.1:18080"),
                        ProcessHandle.current().pid());
        assertThat(RunningSystem.in(work)).isEmpty();
        system.publish(work);
        assertThat(RunningSystem.in(work)).contains(system);
        RunningSystem.withdraw(work);
        assertThat(RunningSystem.in(work)).isEmpty();
    }

    @Test
    void theFileOfADeadSupervisorCountsForNothing() throws Exception {
        WorkDirectory work = WorkDirectory.at(dir);
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        new RunningSystem(
                        "127.0.0.1:19092",
                        URI.create("http://127.0.0.1:18081"),
                        "127.0.0.1:19069",
                        URI.create("http://127.0.0.1:18080"),
                        ended.pid())
                .publish(work);
        assertThat(RunningSystem.in(work)).isEmpty();
    }
}
