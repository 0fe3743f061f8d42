package dev.longtail.exchange.compare;

import dev.longtail.estimators.ExperimentComparison.ListedPairs;
import java.util.Arrays;

/** Collects pairs into arrays. */
final class PairListBuilder {

    private int[] train = new int[1024];
    private int[] test = new int[1024];
    private double[] influence = new double[1024];
    private int size;

    void add(int trainExample, int testExample, double pairInfluence) {
        if (size == train.length) {
            train = Arrays.copyOf(train, 2 * size);
            test = Arrays.copyOf(test, 2 * size);
            influence = Arrays.copyOf(influence, 2 * size);
        }
        train[size] = trainExample;
        test[size] = testExample;
        influence[size++] = pairInfluence;
    }

    ListedPairs build() {
        return new ListedPairs(
                Arrays.copyOf(train, size),
                Arrays.copyOf(test, size),
                Arrays.copyOf(influence, size));
    }
}
