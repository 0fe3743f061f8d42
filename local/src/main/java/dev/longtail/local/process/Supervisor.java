package dev.longtail.local.process;

import dev.longtail.local.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Starts programs as processes of their own and stops them in the opposite order.
 *
 * <p>Each writes to its own log and leaves a file with its process id. Programs that an earlier
 * supervisor left behind (they end by themselves, see {@link StopRequest}) are waited for first.
 */
public final class Supervisor implements AutoCloseable {

    private static final long LEFTOVER_SECONDS = 30;

    private final JavaProgram java;
    private final WorkDirectory work;
    private final Consumer<String> say;
    private final Deque<Child> children = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param java what the programs are started from
     * @param work where logs and process ids go; owned by this supervisor alone
     * @param say takes messages for people
     */
    public Supervisor(JavaProgram java, WorkDirectory work, Consumer<String> say) {
        this.java = java;
        this.work = work;
        this.say = say;
    }

    /** Waits until no program of an earlier supervisor runs, and ends those that do not end. */
    public void awaitLeftovers() {
        try (Stream<Path> files = Files.list(work.runDirectory())) {
            files.filter(file -> file.toString().endsWith(".pid"))
                    .map(PidFile::new)
                    .forEach(this::awaitGone);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + work.runDirectory(), e);
        }
    }

    private void awaitGone(PidFile file) {
        file.process().ifPresent(this::awaitGone);
        file.delete();
    }

    private void awaitGone(ProcessHandle leftover) {
        say.accept("Waiting for process " + leftover.pid() + " of an earlier run to end.");
        try {
            leftover.onExit().get(LEFTOVER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            leftover.destroyForcibly();
            leftover.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("cannot wait for " + leftover.pid(), e);
        }
    }

    /**
     * Starts a program.
     *
     * @throws IllegalStateException when the supervisor is closed
     */
    public synchronized Child start(ChildProgram program) {
        if (closed) {
            throw new IllegalStateException("stopping: " + program.name() + " is not started");
        }
        Path log = work.log(program.name());
        keepPrevious(log);
        PidFile pidFile = new PidFile(work.runDirectory().resolve(program.name() + ".pid"));
        Child child = new Child(program, java, log, pidFile, say);
        children.push(child);
        child.start();
        return child;
    }

    /**
     * Stops all programs: those that end some day together, then the others, the last started
     * first.
     */
    @Override
    public void close() {
        Deque<Child> toStop;
        synchronized (this) {
            closed = true;
            toStop = new ArrayDeque<>(children);
        }
        toStop.stream().filter(Child::ends).forEach(Child::requestStop);
        toStop.forEach(Child::stop);
    }

    private static void keepPrevious(Path log) {
        if (Files.exists(log)) {
            try {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".previous"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot put the earlier log aside: " + log, e);
            }
        }
    }
}
