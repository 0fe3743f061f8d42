package dev.longtail.estimators;

import java.util.HashMap;
import java.util.Map;

/**
 * The figures [FZ20] reports about its high-influence pairs.
 *
 * @param pairs number of pairs
 * @param testExamples distinct test examples among them
 * @param singleTestExamples test examples with exactly one such training example
 * @param trainExamples distinct training examples among them
 */
public record HighInfluenceSummary(
        long pairs, long testExamples, long singleTestExamples, long trainExamples) {

    /**
     * Counts pairs as they come; parts of a distributed job are added up. Memory grows with the
     * distinct examples, not with the pairs.
     */
    public static final class Counter {

        private long pairs;
        private final Map<Integer, Long> byTrain = new HashMap<>();
        private final Map<Integer, Long> byTest = new HashMap<>();

        /** Counts one pair, which must not have been counted before. */
        public void add(int train, int test) {
            pairs++;
            byTrain.merge(train, 1L, Long::sum);
            byTest.merge(test, 1L, Long::sum);
        }

        /** Adds the pairs of another part. */
        public void add(Counter other) {
            pairs += other.pairs;
            other.byTrain.forEach((train, count) -> byTrain.merge(train, count, Long::sum));
            other.byTest.forEach((test, count) -> byTest.merge(test, count, Long::sum));
        }

        /** The figures so far. */
        public HighInfluenceSummary summary() {
            long single = byTest.values().stream().filter(count -> count == 1).count();
            return new HighInfluenceSummary(pairs, byTest.size(), single, byTrain.size());
        }
    }
}
