package dev.longtail.estimators;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Agreement of two experiments on the same data, over thresholds. */
public final class ExperimentComparison {

    private ExperimentComparison() {}

    /**
     * Influences of listed pairs.
     *
     * @param train index of the training example of each pair
     * @param test index of the test example of each pair
     * @param influence infl(i, j) of each pair
     */
    public record ListedPairs(int[] train, int[] test, double[] influence) {

        /**
         * @throws IllegalArgumentException when the lengths differ
         */
        public ListedPairs {
            if (train.length != test.length || train.length != influence.length) {
                throw new IllegalArgumentException(
                        "expected a train index, a test index and an influence per pair, found %d, %d and %d"
                                .formatted(train.length, test.length, influence.length));
            }
        }

        private Map<Long, Double> byPair() {
            Map<Long, Double> influences = new HashMap<>(2 * train.length);
            for (int pair = 0; pair < train.length; pair++) {
                long key = (long) train[pair] << Integer.SIZE | test[pair];
                if (influences.put(key, influence[pair]) != null) {
                    throw new IllegalArgumentException(
                            "expected every pair once, found train %d, test %d twice"
                                    .formatted(train[pair], test[pair]));
                }
            }
            return influences;
        }
    }

    /**
     * Agreement on the memorized examples.
     *
     * @param memorizationA mem(i) in the first experiment, NaN where undefined
     * @param memorizationB mem(i) of the same examples in the second
     * @param thresholds memorization thresholds
     * @return one agreement per threshold
     * @throws IllegalArgumentException when the experiments have different numbers of examples
     */
    public static List<Agreement> ofExamples(
            double[] memorizationA, double[] memorizationB, double[] thresholds) {
        if (memorizationA.length != memorizationB.length) {
            throw new IllegalArgumentException(
                    "expected the same training examples in both experiments, found %d and %d"
                            .formatted(memorizationA.length, memorizationB.length));
        }
        return Arrays.stream(thresholds)
                .mapToObj(
                        threshold -> {
                            Agreement.Counter counter = new Agreement.Counter(threshold);
                            for (int i = 0; i < memorizationA.length; i++) {
                                counter.add(memorizationA[i], memorizationB[i]);
                            }
                            return counter.agreement();
                        })
                .toList();
    }

    /**
     * Agreement on the high-influence pairs.
     *
     * <p>A list holds only pairs over the thresholds it was made with. A pair listed by one
     * experiment alone counts as not selected by the other, and has no difference ({@link
     * Agreement#compared} says how many have one). Thresholds below those of the lists would
     * compare the lists' ends, not the experiments.
     *
     * @param pairsA pairs of the first experiment
     * @param pairsB pairs of the second
     * @param thresholds influence thresholds
     * @return one agreement per threshold
     * @throws IllegalArgumentException when a list holds a pair twice
     */
    public static List<Agreement> ofPairs(
            ListedPairs pairsA, ListedPairs pairsB, double[] thresholds) {
        Map<Long, Double> inA = pairsA.byPair();
        Map<Long, Double> inB = pairsB.byPair();
        return Arrays.stream(thresholds)
                .mapToObj(
                        threshold -> {
                            Agreement.Counter counter = new Agreement.Counter(threshold);
                            inA.forEach(
                                    (pair, influence) ->
                                            counter.add(
                                                    influence, inB.getOrDefault(pair, Double.NaN)));
                            inB.forEach(
                                    (pair, influence) -> {
                                        if (!inA.containsKey(pair)) {
                                            counter.add(Double.NaN, influence);
                                        }
                                    });
                            return counter.agreement();
                        })
                .toList();
    }
}
