package dev.longtail.trials.sampling;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ArraySampler;

/** In which order a trial sees its examples: a new random order every epoch. */
public final class BatchOrder {

    private final int[] examples;
    private final int batchSize;
    private final UniformRandomProvider random;

    /**
     * @param examples the included examples, at least one
     * @param batchSize examples per step, at least 1; all batches have the same size, the number of
     *     examples at most
     * @param random the trial's own generator
     */
    public BatchOrder(int[] examples, int batchSize, UniformRandomProvider random) {
        if (examples.length == 0 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "expected examples and a positive batch size, found %d and %d"
                            .formatted(examples.length, batchSize));
        }
        this.examples = examples.clone();
        this.batchSize = Math.min(batchSize, examples.length);
        this.random = random;
    }

    /** Number of steps of an epoch. */
    public int steps() {
        return (examples.length + batchSize - 1) / batchSize;
    }

    /** Examples per step. */
    public int batchSize() {
        return batchSize;
    }

    /**
     * The next epoch: every example once, the last batch filled up from the beginning of the same
     * order.
     *
     * @return steps x batch size example indices, step by step
     */
    public int[] nextEpoch() {
        ArraySampler.shuffle(random, examples);
        int[] epoch = new int[steps() * batchSize];
        for (int k = 0; k < epoch.length; k++) {
            epoch[k] = examples[k % examples.length];
        }
        return epoch;
    }
}
