package dev.longtail.local.process;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One supervised program: started, started again with growing pauses when it crashes, stopped.
 *
 * <p>A program that crashes {@value #RESTARTS} times in a row, each time within a minute, or that
 * ends with exit code 2 (bad usage: it would only repeat itself) has failed.
 */
public final class Child {

    private static final int RESTARTS = 5;
    private static final int BAD_USAGE = 2;
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(150);
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final ChildProgram program;
    private final JavaProgram java;
    private final Path log;
    private final PidFile pidFile;
    private final Consumer<String> say;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    private volatile boolean stopping;
    private volatile Process process;

    /** How one run of the program ended. */
    private record Run(int exitCode, Duration lasted) {}

    Child(ChildProgram program, JavaProgram java, Path log, PidFile pidFile, Consumer<String> say) {
        this.program = program;
        this.java = java;
        this.log = log;
        this.pidFile = pidFile;
        this.say = say;
        this.thread = new Thread(this::keepRunning, "supervise-" + program.name());
        thread.setDaemon(true);
    }

    /** The program's name. */
    public String name() {
        return program.name();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    void start() {
        thread.start();
    }

    /**
     * Completes when the program is done or was stopped; with a {@link ChildFailedException} when
     * it failed.
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /**
     * Completes when the program serves; with a {@link ChildFailedException} when it ended before
     * or took too long.
     */
    public CompletableFuture<Void> ready() {
        RetryPolicy<Boolean> probe =
                RetryPolicy.<Boolean>builder()
                        .handle(Exception.class)
                        .handleResult(false)
                        .withDelay(PROBE_INTERVAL)
                        .withMaxRetries(-1)
                        .withMaxDuration(READY_WITHIN)
                        .abortIf((ready, failure) -> ended.isDone())
                        .build();
        return Failsafe.with(probe)
                .getAsync(() -> isAlive() && program.readiness().isReady())
                .handle(this::requireReady);
    }

    /**
     * Waits until the program serves.
     *
     * @throws ChildFailedException when it ended before or took too long
     */
    public void awaitReady() {
        try {
            ready().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChildFailedException failure ? failure : e;
        }
    }

    private Void requireReady(Boolean ready, Throwable failure) {
        if (Boolean.TRUE.equals(ready) || (ended.isDone() && !ended.isCompletedExceptionally())) {
            return null;
        }
        String what = ended.isDone() ? "ended before it was ready" : "is not ready yet: given up";
        throw new ChildFailedException(name() + " " + what + "; see " + log, failure);
    }

    /** Whether the program is done some day by itself. */
    boolean ends() {
        return program.ends();
    }

    /** Asks the program to stop and does not wait. */
    void requestStop() {
        stopping = true;
        Process running = process;
        if (running != null) {
            closeInput(running);
        }
    }

    /** Asks the program to stop, kills it after its grace, and waits until it is gone. */
    public void stop() {
        requestStop();
        Process running = process;
        if (!isAlive()) {
            // It may be waiting to start the program again.
            thread.interrupt();
        }
        try {
            if (running != null
                    && !running.waitFor(program.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                say.accept(
                        name() + " did not stop within " + seconds(program.grace()) + ": killed");
                running.destroyForcibly().waitFor();
            }
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    private void keepRunning() {
        RetryPolicy<Run> restarts =
                RetryPolicy.<Run>builder()
                        .handleResultIf(run -> isCrash(run) && !isSettled(run))
                        .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
                        .withMaxRetries(RESTARTS)
                        .onRetryScheduled(
                                event -> announce(event.getLastResult(), event.getDelay()))
                        .build();
        try {
            Run run = Failsafe.with(restarts).get(this::runOnce);
            while (isCrash(run) && isSettled(run)) {
                announce(run, Duration.ZERO);
                run = Failsafe.with(restarts).get(this::runOnce);
            }
            finish(run);
        } catch (RuntimeException e) {
            if (stopping) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(
                        new ChildFailedException("cannot run " + name() + "; see " + log, e));
            }
        } finally {
            pidFile.delete();
        }
    }

    private void finish(Run run) {
        if (stopping || (program.ends() && run.exitCode() == 0)) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(
                    new ChildFailedException(
                            "%s failed with exit code %d; see %s%n%s"
                                    .formatted(
                                            name(),
                                            run.exitCode(),
                                            log,
                                            String.join(
                                                    System.lineSeparator(),
                                                    LogTail.lastWords(log)))));
        }
    }

    private Run runOnce() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<String> options = new ArrayList<>(program.jvmOptions());
        options.add("-D" + StopRequest.PROPERTY + "=true");
        ProcessBuilder builder =
                java.process(options, program.arguments())
                        .redirectError(Redirect.appendTo(log.toFile()));
        Process started =
                (program.speaks()
                                ? builder
                                : builder.redirectOutput(Redirect.appendTo(log.toFile())))
                        .start();
        process = started;
        if (stopping) {
            closeInput(started);
        }
        pidFile.write(started.toHandle());
        if (program.speaks()) {
            passOn(started);
        }
        int exitCode = started.waitFor();
        return new Run(exitCode, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void closeInput(Process running) {
        try {
            running.getOutputStream().close();
        } catch (IOException e) {
            say.accept("cannot ask " + name() + " to stop, it is killed: " + e.getMessage());
            running.destroyForcibly();
        }
    }

    private void passOn(Process running) {
        try (BufferedReader lines = running.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                say.accept(line);
            }
        } catch (IOException e) {
            say.accept("what " + name() + " says cannot be read: " + e.getMessage());
        }
    }

    private boolean isCrash(Run run) {
        return !stopping && run.exitCode() != BAD_USAGE && !(program.ends() && run.exitCode() == 0);
    }

    private static boolean isSettled(Run run) {
        return run.lasted().compareTo(SETTLED) > 0;
    }

    private void announce(Run run, Duration pause) {
        List<String> said = LogTail.lastWords(log);
        say.accept(
                "%s ended unexpectedly with exit code %d%s; starting it again in %s (log: %s)"
                        .formatted(
                                name(),
                                run.exitCode(),
                                said.isEmpty() ? "" : " (" + said.get(said.size() - 1) + ")",
                                seconds(pause),
                                log));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000 + " s";
    }
}
