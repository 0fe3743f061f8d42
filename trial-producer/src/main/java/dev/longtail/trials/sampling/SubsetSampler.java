package dev.longtail.trials.sampling;

import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.CombinationSampler;

/** Draws the training examples that a trial includes. */
public sealed interface SubsetSampler {

    /**
     * Draws a subset.
     *
     * @param random the trial's own generator
     * @return indices of the included examples, ascending
     */
    int[] draw(UniformRandomProvider random);

    /** The sampler as consumers of the experiment see it. */
    Sampler describe();

    /**
     * Exactly {@code subsetSize} of {@code trainSize} examples, all such subsets equally likely.
     *
     * @param trainSize n
     * @param subsetSize m, from 1 to n
     */
    record FixedSize(int trainSize, int subsetSize) implements SubsetSampler {

        /**
         * @throws IllegalArgumentException when m is not in [1, n]
         */
        public FixedSize {
            if (subsetSize < 1 || subsetSize > trainSize) {
                throw new IllegalArgumentException(
                        "expected a subset of 1 to %d examples, found %d"
                                .formatted(trainSize, subsetSize));
            }
        }

        @Override
        public int[] draw(UniformRandomProvider random) {
            int[] included = new CombinationSampler(random, trainSize, subsetSize).sample();
            Arrays.sort(included);
            return included;
        }

        @Override
        public Sampler describe() {
            return Sampler.newBuilder()
                    .setKind(SamplerKind.FIXED_SIZE)
                    .setSubsetSize(subsetSize)
                    .build();
        }
    }

    /**
     * Each example independently with the same probability. A draw without any example is drawn
     * again: no model can be trained on nothing.
     *
     * @param trainSize n
     * @param inclusionProbability p in (0, 1)
     */
    record Bernoulli(int trainSize, double inclusionProbability) implements SubsetSampler {

        /**
         * @throws IllegalArgumentException when p is not in (0, 1)
         */
        public Bernoulli {
            if (!(inclusionProbability > 0 && inclusionProbability < 1)) {
                throw new IllegalArgumentException(
                        "expected an inclusion probability in (0, 1), found "
                                + inclusionProbability);
            }
        }

        @Override
        public int[] draw(UniformRandomProvider random) {
            while (true) {
                int[] included = new int[trainSize];
                int count = 0;
                for (int i = 0; i < trainSize; i++) {
                    if (random.nextDouble() < inclusionProbability) {
                        included[count++] = i;
                    }
                }
                if (count > 0) {
                    return Arrays.copyOf(included, count);
                }
            }
        }

        @Override
        public Sampler describe() {
            return Sampler.newBuilder()
                    .setKind(SamplerKind.BERNOULLI)
                    .setInclusionProbability(inclusionProbability)
                    .build();
        }
    }
}
