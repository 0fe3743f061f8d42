package dev.longtail.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How a supervised program learns that it shall stop: its standard input ends. The supervisor
 * closes it to stop the program; when the supervisor is killed, the system closes it. So no process
 * stays behind alone, and a stop in order needs no signal, whose handlers in Java all run at once.
 */
public final class StopRequest {

    /** Set on every supervised program; others keep their standard input. */
    public static final String PROPERTY = "longtail.supervised";

    private static final Duration GRACE = Duration.ofMinutes(2);

    private static volatile Runnable orderlyStop = () -> {};

    private StopRequest() {}

    /** Begins to wait for the request where this program is supervised; else does nothing. */
    public static void watch() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread watch = new Thread(() -> exitAtEndOf(System.in), "stop-request");
            watch.setDaemon(true);
            watch.start();
        }
    }

    /**
     * What to do before the program exits.
     *
     * @param action runs while everything still works, other than a shutdown hook
     */
    public static void beforeExit(Runnable action) {
        orderlyStop = action;
    }

    private static void exitAtEndOf(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing is ever said here; only the end counts.
            }
        } catch (IOException e) {
            System.err.println("Standard input broke: taken for a request to stop: " + e);
        }
        CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        orderlyStop.run();
        System.exit(0);
    }
}
