package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.local.running.CountingJvm;
import dev.longtail.testing.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher tells the JVM of a job that runs in the launcher's own process. */
class LauncherITCase {

    @TempDir private Path dir;

    @Test
    void aReplayInItsOwnProcessIsCompiledAsInTheClusterOfASystem() throws Exception {
        try (LaunchedSystem launcher = new LaunchedSystem(dir)) {
            LaunchedSystem.Running replay =
                    launcher.start(
                            List.of(
                                    "replay",
                                    "--in-process",
                                    "--experiment=none",
                                    "--bootstrap-servers=127.0.0.1:" + FreePorts.take()));
            // Not before: the signal by which jcmd asks ends a shell, and a JVM that is starting.
            replay.awaitOutput("Flink: ");
            assertThat(flags(replay.process().pid()))
                    .contains(CountingJvm.COMPILER)
                    .contains("compiler-directives.json");
            assertThat(replay.output()).doesNotContain("directives");
        }
    }

    /** The JVM's own word for it. */
    private static String flags(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(jcmd, String.valueOf(pid), "VM.flags")
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
