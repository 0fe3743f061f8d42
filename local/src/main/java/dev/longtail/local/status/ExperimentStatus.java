package dev.longtail.local.status;

/**
 * One job's state, or that of an experiment without a job. Null is unknown, never 0.
 *
 * @param experiment the experiment
 * @param output prefix of the job's output topics; the experiment's name but for replays
 * @param state Flink's word for the job's state, {@code STOPPED} when it knows none any more,
 *     {@code NO_JOB} when none was ever started
 * @param published records in the topic of trials
 * @param trials trials counted
 * @param convergedOnly whether trials that did not converge are left out, which changes what is
 *     estimated
 * @param received distinct valid trials received
 * @param rejected records in the dead-letter topic
 * @param duplicates repeats of a trial
 * @param conflicts repeats of a trial id with other vectors
 * @param pairsInScope train/test pairs that are counted
 * @param meanStandardError mean standard error of memorization
 * @param checkpointAgeSeconds age of the newest checkpoint
 * @param failedCheckpoints checkpoints that failed since
 * @param failure what made the job fail last, while it is restored or has ended
 */
public record ExperimentStatus(
        String experiment,
        String output,
        String state,
        long published,
        Long trials,
        Boolean convergedOnly,
        Long received,
        Long rejected,
        Long duplicates,
        Long conflicts,
        Long pairsInScope,
        Double meanStandardError,
        Long checkpointAgeSeconds,
        Integer failedCheckpoints,
        String failure) {

    /** State of an experiment that no job counts. */
    public static final String NO_JOB = "NO_JOB";

    /** State of an experiment that an earlier job counted: Flink runs none for it now. */
    public static final String STOPPED = "STOPPED";
}
