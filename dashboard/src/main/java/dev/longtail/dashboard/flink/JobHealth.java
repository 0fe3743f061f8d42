package dev.longtail.dashboard.flink;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What Flink says about a job.
 *
 * @param state Flink's word for the job's state ({@code RUNNING}, {@code RESTARTING}, ...), {@link
 *     #STARTING} while tasks are missing, {@link #UNREACHABLE} when Flink does not answer, {@link
 *     #UNKNOWN} when it was not asked or knows no such job
 * @param lastCheckpointAt when the newest completed checkpoint was triggered, milliseconds since
 *     1970-01-01 UTC
 * @param restarts restores from a checkpoint since the job was submitted
 * @param failedCheckpoints checkpoints that failed after the newest completed one: the job counts
 *     on all the same, but would go back further after a crash
 * @param failure what made the job fail last, while not all of its tasks run and if it failed
 */
public record JobHealth(
        String state,
        OptionalLong lastCheckpointAt,
        OptionalInt restarts,
        OptionalInt failedCheckpoints,
        Optional<String> failure) {

    /** State of a running job. */
    public static final String RUNNING = "RUNNING";

    /**
     * State of a job that Flink calls running while not all of its tasks run: after a failure it
     * waits for machines, or tasks are being restored. Nothing is counted meanwhile.
     */
    public static final String STARTING = "STARTING";

    /** State when Flink does not answer. */
    public static final String UNREACHABLE = "UNREACHABLE";

    /** State when Flink was not asked or knows no such job. */
    public static final String UNKNOWN = "UNKNOWN";

    static JobHealth of(String state) {
        return new JobHealth(
                state,
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** Whether the job has ended and will not go on by itself. */
    public boolean hasEnded() {
        return switch (state) {
            case "FINISHED", "CANCELED", "FAILED", "SUSPENDED" -> true;
            default -> false;
        };
    }
}
