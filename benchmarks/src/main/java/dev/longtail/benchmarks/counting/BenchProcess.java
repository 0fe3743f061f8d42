package dev.longtail.benchmarks.counting;

import dev.longtail.local.process.JavaProgram;
import dev.longtail.local.process.StopRequest;
import dev.longtail.local.running.CountingJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Java process that this one starts, measures and ends; it ends with this one in any case. */
public final class BenchProcess implements AutoCloseable {

    private static final int GRACE_SECONDS = 30;
    private static final int SHOWN_LINES = 30;
    private final Process process;
    private final Path log;

    private BenchProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param log receives its output
     */
    public static BenchProcess start(
            Class<?> mainClass, List<String> jvmOptions, List<String> arguments, Path log)
            throws IOException {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-D" + StopRequest.PROPERTY + "=true");
        Process process =
                JavaProgram.ofThis(mainClass)
                        .process(options, arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new BenchProcess(process, log);
    }

    /**
     * JVM options of a process that counts: those of the job's process in a running system.
     *
     * @param directory where files that they name go
     */
    static List<String> counting(int heapMegabytes, Path directory, List<String> furtherOptions) {
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + heapMegabytes + "m");
        options.addAll(CountingJvm.options(directory));
        options.addAll(furtherOptions);
        return options;
    }

    /** Processor time so far, seconds; NaN where the system does not say. */
    double cpuSeconds() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the process to end by itself.
     *
     * @throws IOException when it fails, with the last lines of its log
     */
    public void awaitSuccess() throws IOException, InterruptedException {
        requireSuccess(process.waitFor());
    }

    /** Something to do while waiting. */
    @FunctionalInterface
    public interface Meanwhile {

        /** Does it. */
        void run() throws IOException;
    }

    /**
     * Waits for the process to end by itself.
     *
     * @param interval time from one {@code meanwhile} to the next
     * @throws IOException when it fails, with the last lines of its log
     */
    public void awaitSuccess(Duration interval, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        while (!process.waitFor(interval.toMillis(), TimeUnit.MILLISECONDS)) {
            meanwhile.run();
        }
        requireSuccess(process.exitValue());
    }

    private void requireSuccess(int code) throws IOException {
        if (code != 0) {
            throw failure("ended with code " + code);
        }
    }

    IOException failure(String what) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            List<String> last = all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size());
            return new IOException(
                    "a process of the benchmark %s: %n%s"
                            .formatted(what, String.join(System.lineSeparator(), last)));
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        process.getOutputStream().close();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
