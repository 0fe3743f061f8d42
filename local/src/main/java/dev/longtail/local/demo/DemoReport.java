package dev.longtail.local.demo;

/**
 * What a run found, held against what was planted. Null where nothing was planted or a value is
 * undefined, never 0.
 *
 * @param experiment the experiment
 * @param trials trials counted in all figures
 * @param seconds duration of this run, from its start until the last trial was counted
 * @param trialsOfThisRun how many of the trials this run added
 * @param leftOut trials left out of all figures because they did not converge, which changes what
 *     is estimated; null where all trials are counted
 * @param meanStandardError mean standard error of memorization
 * @param includedAccuracy mean accuracy on included examples
 * @param heldOutAccuracy mean accuracy on training examples left out
 * @param testAccuracy mean accuracy on test examples
 * @param memorized training examples at or over the memorization threshold
 * @param memorizationThreshold that threshold
 * @param influenceThreshold threshold on influence
 * @param highInfluencePairs pairs over both thresholds
 * @param expectedFalsePairs how many of them chance alone would give
 * @param confirmedPairs pairs confirmed at a controlled false discovery rate
 * @param planted figures against the ground truth; null for real data
 */
record DemoReport(
        String experiment,
        long trials,
        double seconds,
        long trialsOfThisRun,
        Long leftOut,
        Double meanStandardError,
        Double includedAccuracy,
        Double heldOutAccuracy,
        Double testAccuracy,
        long memorized,
        double memorizationThreshold,
        double influenceThreshold,
        long highInfluencePairs,
        Double expectedFalsePairs,
        Long confirmedPairs,
        Planted planted) {

    /**
     * How well the planted facts are found again.
     *
     * @param typical typical examples, the others of both rankings
     * @param flips examples with a changed label
     * @param flipsAuc area under the ROC curve of memorization, flips against typical examples
     * @param flipsMemorization mean memorization of the flips
     * @param seenOnce examples of styles seen once
     * @param seenOnceAuc the same for them
     * @param seenOnceMemorization mean memorization of them
     * @param typicalMemorization mean memorization of the typical examples
     * @param twins planted near-duplicate pairs
     * @param twinsFound how many of them are among the high-influence pairs
     */
    record Planted(
            int typical,
            int flips,
            Double flipsAuc,
            Double flipsMemorization,
            int seenOnce,
            Double seenOnceAuc,
            Double seenOnceMemorization,
            Double typicalMemorization,
            int twins,
            int twinsFound) {

        /** Share of the planted pairs that were found; null when none was planted. */
        public Double twinsRecall() {
            return twins == 0 ? null : (double) twinsFound / twins;
        }
    }
}
