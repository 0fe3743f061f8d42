package dev.longtail.local.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends this program when the supervisor that started it is gone, even when that was killed and
 * could not say so: no process stays behind alone.
 */
public final class ParentWatch {

    /** System property with the supervisor's process id; set on every supervised program. */
    static final String PROPERTY = "longtail.supervisor.pid";

    private static final Duration GRACE = Duration.ofSeconds(20);

    private ParentWatch() {}

    /** Begins to watch where this program is supervised; else does nothing. */
    public static void start() {
        Long supervisor = Long.getLong(PROPERTY);
        if (supervisor == null) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.of(supervisor);
        parent.map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRunAsync(() -> exit(supervisor));
    }

    private static void exit(long supervisor) {
        System.err.println("The supervisor, process " + supervisor + ", is gone: stopping.");
        CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        System.exit(1);
    }
}
