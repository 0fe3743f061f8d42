package dev.longtail.aggregator.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes a full savepoint of a running job from time to time. Checkpoints of one run share files, so
 * one lost file may make all of them useless; a savepoint shares none.
 */
public final class PeriodicSavepoints {

    /** So many are kept: the newest may still be the one that the job would be restored from. */
    private static final int KEPT = 2;

    private final Duration interval;
    private final RestorePoints points;
    private final Function<String, CompletableFuture<String>> take;
    private final Consumer<String> say;
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private long lastNanos = System.nanoTime();

    /**
     * @param interval time between two; zero for none
     * @param points where they go
     * @param take begins a savepoint in a directory; its future has the path
     * @param say takes what went wrong
     */
    public PeriodicSavepoints(
            Duration interval,
            RestorePoints points,
            Function<String, CompletableFuture<String>> take,
            Consumer<String> say) {
        this.interval = interval;
        this.points = points;
        this.take = take;
        this.say = say;
    }

    /** Begins one when it is time; returns at once. */
    public void look() {
        boolean due = System.nanoTime() - lastNanos >= interval.toNanos();
        if (interval.isZero() || !due || !underWay.isDone()) {
            return;
        }
        lastNanos = System.nanoTime();
        underWay =
                take.apply(points.savepoints())
                        .thenAccept(path -> points.pruneSavepoints(KEPT))
                        .exceptionally(
                                failure -> {
                                    say.accept("The periodic savepoint failed: " + failure);
                                    return null;
                                });
    }
}
