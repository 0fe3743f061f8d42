package dev.longtail.benchmarks.training;

/**
 * What a training process says about itself.
 *
 * @param model in words
 * @param optimizer in words
 * @param trials measured, after some for warming up
 * @param trialsAtOnce trials that are trained together
 * @param threads that trained
 * @param seconds wall time of all of them
 * @param cpuSeconds processor time of the process in that time: what does not depend on who else
 *     uses the machine
 * @param dataMillis per trial: drawing the subset, starting the model
 * @param trainMillis per trial: all steps
 * @param evaluateMillis per trial: predicting all training and test examples
 * @param publishMillis per trial: encoding, handing over to the Kafka client, waiting for the last
 *     acknowledgements
 * @param includedAccuracy mean over the trials
 * @param earlyTrials trials after which {@code earlyBytes} was taken
 * @param earlyBytes resident memory then; -1 where the system does not say
 * @param middleBytes resident memory after half of the trials
 * @param lateBytes resident memory after all trials
 * @param peakBytes largest resident memory of the process
 */
record TrainingResult(
        String model,
        String optimizer,
        int trials,
        int trialsAtOnce,
        int threads,
        double seconds,
        double cpuSeconds,
        double dataMillis,
        double trainMillis,
        double evaluateMillis,
        double publishMillis,
        double includedAccuracy,
        int earlyTrials,
        long earlyBytes,
        long middleBytes,
        long lateBytes,
        long peakBytes) {

    /** Processor time of a trial, milliseconds. */
    double cpuMillisPerTrial() {
        return 1e3 * cpuSeconds / trials;
    }

    /** Trials that one core trains in an hour. */
    double trialsPerCoreHour() {
        return 3600 * trials / cpuSeconds;
    }

    /** Trials in an hour as measured, with all threads. */
    double trialsPerHour() {
        return 3600 * trials / seconds;
    }
}
