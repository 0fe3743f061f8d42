package dev.longtail.trials.sampling;

import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.CombinationSampler;

/** Draws the training examples that a trial includes. */
public sealed interface SubsetSampler {

    /**
     * Draws a trial's subset.
     *
     * @return indices of the included examples, ascending, at least one
     * @throws IllegalArgumentException when there is no subset for the trial
     */
    int[] draw(TrialSeeds seeds);

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
        public int[] draw(TrialSeeds seeds) {
            UniformRandomProvider random = TrialSeeds.generator(seeds.subset());
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
        public int[] draw(TrialSeeds seeds) {
            UniformRandomProvider random = TrialSeeds.generator(seeds.subset());
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

    /**
     * Another sampler's subsets of some of the examples; the others are never included, so that
     * their memorization and influence stay undefined.
     *
     * @param allowed indices of the examples that may be included, ascending
     * @param sampler draws positions in {@code allowed}
     */
    record Among(int[] allowed, SubsetSampler sampler) implements SubsetSampler {

        @Override
        public int[] draw(TrialSeeds seeds) {
            return IntStream.of(sampler.draw(seeds)).map(position -> allowed[position]).toArray();
        }

        @Override
        public Sampler describe() {
            return sampler.describe();
        }
    }

    /**
     * Subsets of the producer's own choice, by trial number.
     *
     * @param trainSize n
     * @param masks per trial n bytes, non-zero for included examples, one trial after the other
     */
    record Given(int trainSize, byte[] masks) implements SubsetSampler {

        /**
         * @throws IllegalArgumentException when the masks are not whole or one is empty
         */
        public Given {
            if (trainSize < 1 || masks.length == 0 || masks.length % trainSize != 0) {
                throw new IllegalArgumentException(
                        "expected masks of %d examples each, found %d values"
                                .formatted(trainSize, masks.length));
            }
        }

        @Override
        public int[] draw(TrialSeeds seeds) {
            long trials = masks.length / trainSize;
            if (seeds.number() >= trials) {
                throw new IllegalArgumentException(
                        "expected a trial below the number of masks %d, found trial %d"
                                .formatted(trials, seeds.number()));
            }
            int start = Math.toIntExact(seeds.number() * trainSize);
            int[] included =
                    IntStream.range(0, trainSize).filter(i -> masks[start + i] != 0).toArray();
            if (included.length == 0) {
                throw new IllegalArgumentException(
                        "expected an included example, found none in the mask of trial "
                                + seeds.number());
            }
            return included;
        }

        @Override
        public Sampler describe() {
            return Sampler.newBuilder().setKind(SamplerKind.ARBITRARY).build();
        }
    }
}
