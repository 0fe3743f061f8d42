package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * How old estimates were and how fast questions were answered while trials came one by one.
 *
 * @param scenario what was counted; {@code trials} are those before and those measured
 * @param before trials published before the measurement
 * @param intervalMillis time between two trials
 * @param seconds how long it was measured
 * @param publications number of publications in that time
 * @param trialToEstimate from a trial's publication until a reader has all estimates that include
 *     it
 * @param pairQuery a random pair's influence from the job's state
 * @param exampleQuery a random training example's memorization from the job's state
 * @param unansweredQueries questions that got no answer
 * @param countingShare share of the time in which the job's counting tasks were busy with counting
 *     and what is published from it
 * @param processorShare share of the machine's processor time that the job's process took, answers
 *     to questions included
 * @param checkpoints what checkpoints took
 */
record LatencyRun(
        @JsonUnwrapped Scenario scenario,
        int before,
        long intervalMillis,
        double seconds,
        int publications,
        Times trialToEstimate,
        Times pairQuery,
        Times exampleQuery,
        int unansweredQueries,
        double countingShare,
        double processorShare,
        CheckpointFigures checkpoints) {}
