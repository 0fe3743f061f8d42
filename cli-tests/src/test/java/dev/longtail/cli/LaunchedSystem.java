package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the launcher script as a person would, on a work directory and ports of its own. */
final class LaunchedSystem implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path dir;
    private final List<Running> started = new ArrayList<>();
    private int outputs;

    /** A command that has ended. */
    record Ended(int exitCode, String output) {}

    /** A command that runs. */
    record Running(Process process, Path outputFile) {

        /** Without what Java says itself about options from the environment. */
        String output() {
            try {
                return Files.readString(outputFile)
                        .replaceAll("(?m)^Picked up JAVA_TOOL_OPTIONS: .*\\R", "");
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + outputFile, e);
            }
        }

        /**
         * Waits until the output has a text; fails with the output when the process ends before.
         */
        void awaitOutput(String text) {
            await().atMost(PATIENCE)
                    .failFast(
                            "the command ended before it said '" + text + "'",
                            () -> {
                                if (!process.isAlive()) {
                                    assertThat(output()).contains(text);
                                }
                            })
                    .until(() -> output().contains(text));
        }

        Ended awaitEnd() throws InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("does not end:\n" + output());
            }
            return new Ended(process.exitValue(), output());
        }
    }

    /**
     * @param dir holds the work directory and what the commands say
     */
    LaunchedSystem(Path dir) {
        this.dir = dir;
    }

    Path workDir() {
        return dir.resolve("work");
    }

    /** Arguments that keep away from the ports of other systems on the machine. */
    static List<String> ports() {
        return Stream.of("dashboard", "broker", "controller", "flink", "state-proxy")
                .map(name -> "--" + name + "-port=" + FreePorts.take())
                .toList();
    }

    Running start(List<String> arguments) throws IOException {
        Path output = dir.resolve("output-" + outputs++);
        List<String> command = new ArrayList<>();
        command.add(Path.of("..", "longtail").toAbsolutePath().normalize().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LONGTAIL_WORK_DIR", workDir().toString());
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        Running running = new Running(process, output);
        started.add(running);
        return running;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(List.of(arguments)).awaitEnd();
    }

    /** Processes of the system that still run, as their process id files tell. */
    List<Long> processes() throws IOException {
        Path run = workDir().resolve("run");
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> !file.endsWith("lock"))
                    .map(LaunchedSystem::firstLine)
                    .map(Long::parseLong)
                    .filter(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                    .toList();
        }
    }

    long pid(String process) {
        return Long.parseLong(firstLine(workDir().resolve("run").resolve(process + ".pid")));
    }

    /** Kills what a failed test left. */
    @Override
    public void close() throws IOException {
        for (long pid : processes()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        started.forEach(running -> running.process().destroyForcibly());
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
