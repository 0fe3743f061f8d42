package dev.longtail.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java program in an operating-system process of its own, which can be killed and paused. In the
 * short form it inherits the options by which all processes of ITCases start fast.
 */
final class OsProcess implements AutoCloseable {

    private static final Duration PATIENCE = CountedJob.PATIENCE;

    private final Process process;
    private final Path log;

    private OsProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param log takes what it writes, after what is there
     * @param classPath its class path
     * @param jvmOptions options of the JVM beside those that Flink needs of every one
     * @param mainClass its main class
     * @param arguments its arguments
     */
    static OsProcess start(
            Path log,
            String classPath,
            List<String> jvmOptions,
            String mainClass,
            List<String> arguments) {
        return start(List.of(), log, classPath, jvmOptions, mainClass, arguments);
    }

    /**
     * The same with something in front of the command.
     *
     * @param prefix command that ends in executing what follows it
     */
    static OsProcess start(
            List<String> prefix,
            Path log,
            String classPath,
            List<String> jvmOptions,
            String mainClass,
            List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("faults.jvmOptions").split(" ")));
        command.addAll(jvmOptions);
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classPath);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Process process = builder.start();
            // When the tests themselves are stopped nothing of theirs stays behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new OsProcess(process, log);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + mainClass, e);
        }
    }

    /** The jars of the build, as every program of the product is started with, and more. */
    static String productClassPath(String... more) {
        Path lib = Path.of("..", "cli", "target", "lib").toAbsolutePath().normalize();
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException(lib + " is missing: run mvn package");
        }
        List<String> entries = new ArrayList<>(List.of(lib.resolve("*").toString()));
        entries.addAll(List.of(more));
        return String.join(File.pathSeparator, entries);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; back when the process is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM, which asks a program to end in order; back when it has, with its exit code. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** SIGSTOP: the process stays, with its connections, and does nothing. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** Waits for the process's own end, with patience, and returns its exit code. */
    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** Waits for the process's own end and returns its exit code. */
    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("does not end, see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ends", e);
        }
    }

    /** Closes the process's standard input, by which some are asked to end. */
    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close the input of " + log, e);
        }
    }

    /** What it and its forerunners of the same log wrote so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + log, e);
        }
    }

    private void signal(String name) {
        try {
            Process kill =
                    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("cannot send SIG" + name + " to " + log);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot send SIG" + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
