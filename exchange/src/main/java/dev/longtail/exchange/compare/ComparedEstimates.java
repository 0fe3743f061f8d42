package dev.longtail.exchange.compare;

import dev.longtail.estimators.ExperimentComparison.ListedPairs;
import java.util.Optional;

/**
 * One side of a comparison.
 *
 * @param name experiment or file
 * @param origin where it was read and from how many trials, for people
 * @param memorization mem(i) of every training example, NaN where undefined; empty where the side
 *     has none
 * @param meanStandardError mean standard error of mem(i); NaN where the side does not tell
 * @param pairs high-influence pairs; empty where the side has none
 */
record ComparedEstimates(
        String name,
        String origin,
        Optional<double[]> memorization,
        double meanStandardError,
        Optional<PairList> pairs) {

    /** What is said of estimates that leave trials out by their outcome; else nothing. */
    static String label(boolean convergedOnly) {
        return convergedOnly ? ", converged trials only" : "";
    }

    /**
     * High-influence pairs with the rule they were listed by.
     *
     * @param listed the pairs
     * @param memorizationThreshold all their training examples have at least this memorization
     * @param influenceThreshold the list is complete from this influence on
     */
    record PairList(ListedPairs listed, double memorizationThreshold, double influenceThreshold) {}
}
