package dev.longtail.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir Path dir;

    @Test
    void leavesOutRoutine() throws Exception {
        Path log =
                Files.write(
                        dir.resolve("log"),
                        List.of("10:00 INFO  started", "10:01 WARN  slow", "why it ended"));
        assertThat(LogTail.lastWords(log)).containsExactly("10:01 WARN  slow", "why it ended");
    }

    @Test
    void readsOnlyTheEndOfALongLog() throws Exception {
        String line = "é".repeat(200);
        Path log = Files.writeString(dir.resolve("log"), (line + "\n").repeat(5_000));
        assertThat(LogTail.lastWords(log)).hasSize(12).containsOnly(line);
    }

    @Test
    void anEmptyLogSaysNothing() throws Exception {
        assertThat(LogTail.lastWords(Files.createFile(dir.resolve("log")))).isEmpty();
    }
}
