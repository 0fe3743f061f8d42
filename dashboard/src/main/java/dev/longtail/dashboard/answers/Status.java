package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.flink.JobHealth;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.JobDescription;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The truth strip: how the job and its figures are at this moment. Absent values are null: not
 * known, which is not 0.
 *
 * @param version of the figures; a page asks anew when it grows
 * @param why the phase in a sentence
 * @param lag records of the trial topic that the job has not accounted for at its last refresh
 * @param trialsPerHour from the newest convergence records
 * @param convergedOnly whether all figures leave out trials that did not converge, which changes
 *     what they estimate
 * @param pending valid trials received but not yet in the estimates
 * @param estimatesAt when the job sent its newest figures
 * @param serverTime when this was composed, so that ages need no synchronised clocks
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Status(
        String output,
        String experiment,
        long version,
        Phase phase,
        String why,
        Long trials,
        Long received,
        Long pending,
        Long rejected,
        Long duplicates,
        Long conflicts,
        Long notConverged,
        Boolean convergedOnly,
        long unreadable,
        Double trialsPerHour,
        Long lag,
        String jobState,
        String jobId,
        Long attempt,
        Integer restarts,
        Instant lastCheckpointAt,
        Instant estimatesAt,
        boolean kafkaConnected,
        Instant serverTime,
        ConvergencePoint convergence) {

    /**
     * Composes the status.
     *
     * @param trialRecords records ever written to the trial topic
     * @param flinkConfigured whether the health comes from Flink at all
     */
    public static Status of(
            Snapshot snapshot,
            String output,
            JobHealth health,
            boolean flinkConfigured,
            boolean kafkaConnected,
            OptionalLong trialRecords) {
        Optional<Convergence> latest = snapshot.latest();
        Optional<JobDescription> job = snapshot.job();
        Verdict verdict = Verdict.of(snapshot, health, flinkConfigured, kafkaConnected);
        return new Status(
                output,
                snapshot.description().name(),
                snapshot.version(),
                verdict.phase(),
                verdict.why(),
                latest.map(Convergence::getTrials).orElse(null),
                latest.map(Convergence::getReceived).orElse(null),
                latest.map(c -> c.getReceived() - c.getTrials()).orElse(null),
                latest.map(Convergence::getRejected).orElse(null),
                latest.map(Convergence::getDuplicates).orElse(null),
                latest.map(Convergence::getConflicts).orElse(null),
                latest.map(Convergence::getNotConverged).orElse(null),
                latest.map(Convergence::getConvergedOnly).orElse(null),
                snapshot.unreadable(),
                Rate.trialsPerHour(snapshot.convergence()),
                latest.map(c -> lag(c, trialRecords)).orElse(null),
                health.state(),
                job.map(JobDescription::getJobId).orElse(null),
                job.map(JobDescription::getAttempt).orElse(null),
                health.restarts().isPresent() ? health.restarts().getAsInt() : null,
                health.lastCheckpointAt().isPresent()
                        ? Instant.ofEpochMilli(health.lastCheckpointAt().getAsLong())
                        : null,
                latest.map(Convergence::getEmittedAt).orElse(null),
                kafkaConnected,
                Instant.now(),
                latest.map(ConvergencePoint::of).orElse(null));
    }

    private static Long lag(Convergence latest, OptionalLong trialRecords) {
        if (trialRecords.isEmpty()) {
            return null;
        }
        long accounted =
                latest.getReceived()
                        + latest.getRejected()
                        + latest.getDuplicates()
                        + latest.getConflicts();
        return Math.max(0, trialRecords.getAsLong() - accounted);
    }

    /** The phase and why. */
    private record Verdict(Phase phase, String why) {

        static Verdict of(
                Snapshot snapshot,
                JobHealth health,
                boolean flinkConfigured,
                boolean kafkaConnected) {
            boolean empty = snapshot.latest().map(c -> c.getTrials() == 0).orElse(true);
            if (!kafkaConnected) {
                return new Verdict(
                        Phase.STALE, "Kafka does not answer; these are the last figures read");
            }
            if (!snapshot.loaded()) {
                return new Verdict(Phase.LOADING, "reading what the job has published so far");
            }
            if (snapshot.job().isEmpty() && empty) {
                return new Verdict(Phase.EMPTY, "no job counts this experiment yet");
            }
            if (flinkConfigured && health.hasEnded()) {
                return new Verdict(Phase.ENDED, "the job has ended: " + health.state());
            }
            if (flinkConfigured && !health.state().equals(JobHealth.RUNNING)) {
                return new Verdict(Phase.STALE, notRunning(health) + lastFailure(health));
            }
            if (empty) {
                return new Verdict(Phase.EMPTY, "the job waits for the first trials");
            }
            return new Verdict(
                    Phase.LIVE,
                    flinkConfigured
                            ? running(health.failedCheckpoints().orElse(0))
                            : "the job's state is not known: --flink-rest is not set");
        }

        private static String running(int failedCheckpoints) {
            return failedCheckpoints == 0
                    ? "the job runs"
                    : "the job runs, but its last %d checkpoints FAILED; Flink's log says why"
                            .formatted(failedCheckpoints);
        }

        private static String lastFailure(JobHealth health) {
            return health.failure().map(cause -> ". It failed last by " + cause).orElse("");
        }

        private static String notRunning(JobHealth health) {
            return switch (health.state()) {
                case JobHealth.UNREACHABLE ->
                        "Flink does not answer; these are the last figures published";
                case JobHealth.UNKNOWN ->
                        "Flink knows no such job; these are the last figures published";
                case JobHealth.STARTING ->
                        "the job is starting or being restored; these are the last figures published";
                default ->
                        "the job is " + health.state() + "; these are the last figures published";
            };
        }
    }
}
