package dev.longtail.trials;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end: trials under way are abandoned after their epoch,
 * finished ones are delivered, and only then does the process go.
 */
final class StopSignal implements AutoCloseable, BooleanSupplier {

    /** Shorter than the 30 s after which Kubernetes kills a pod. */
    private static final long PATIENCE_SECONDS = 25;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-training");
    private volatile boolean asked;

    private StopSignal() {}

    /** A signal that the end of the process gives. */
    static StopSignal onShutdown() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Whether work should stop. */
    @Override
    public boolean getAsBoolean() {
        return asked;
    }

    /** Tells that work has ended. */
    @Override
    public void close() {
        ended.countDown();
        if (!asked) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stopAndWait() {
        asked = true;
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
