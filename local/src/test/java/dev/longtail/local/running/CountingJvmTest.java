package dev.longtail.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountingJvmTest {

    @TempDir private Path directory;

    /** A JVM refuses to start with options or directives that it does not know. */
    @Test
    void aJvmStartsWithItsOptionsAndTakesTheDirectives() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(CountingJvm.options(directory.resolve("made")));
        command.add("-version");
        Path output = directory.resolve("output");
        Process java =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();

        assertThat(java.waitFor()).as(Files.readString(output)).isZero();
        assertThat(output).content().contains("1 compiler directives added");
    }
}
