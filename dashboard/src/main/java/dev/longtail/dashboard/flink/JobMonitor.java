package dev.longtail.dashboard.flink;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps the health of all counting jobs fresh; viewers read it without waiting. */
public final class JobMonitor implements AutoCloseable {

    private static final long EVERY_MILLIS = 1_000;

    private final Optional<FlinkRest> flink;
    private final Supplier<Set<String>> jobIds;
    private final Map<String, JobHealth> healths = new ConcurrentHashMap<>();
    private final ScheduledExecutorService asking =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "ask-flink");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param flink absent when no address is known: all jobs are then {@link JobHealth#UNKNOWN}
     * @param jobIds the jobs to ask about
     */
    public JobMonitor(Optional<FlinkRest> flink, Supplier<Set<String>> jobIds) {
        this.flink = flink;
        this.jobIds = jobIds;
    }

    /** Begins to ask. */
    public void start() {
        asking.scheduleWithFixedDelay(this::ask, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether an address of Flink's REST interface is known. */
    public boolean isConfigured() {
        return flink.isPresent();
    }

    /** The last known health of a job. */
    public JobHealth health(String jobId) {
        return healths.getOrDefault(jobId, JobHealth.of(JobHealth.UNKNOWN));
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    private void ask() {
        if (flink.isEmpty()) {
            return;
        }
        Set<String> current = jobIds.get();
        healths.keySet().retainAll(current);
        try {
            for (String jobId : current) {
                healths.put(jobId, flink.get().health(jobId));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
