package dev.longtail.trials.sampling;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The seeds of one trial. They depend on the experiment's seed and the trial's number only, so that
 * any worker on any machine runs the same trial.
 *
 * <p>The trial's own seed is the output number {@code trial} (from 0) of SplitMix64 started at the
 * experiment's seed. The other seeds are the first three outputs of SplitMix64 started at the
 * trial's seed.
 *
 * @param number the trial's number
 * @param trial the trial's own seed, published with it
 * @param subset of the draw of included examples
 * @param initialization of the model's parameters
 * @param order of the batches
 */
public record TrialSeeds(long number, long trial, long subset, long initialization, long order) {

    /** What SplitMix64 adds to its state before each output, so that any output can be reached. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    /**
     * The seeds of a trial.
     *
     * @param experimentSeed the experiment's seed
     * @param number the trial's number, from 0
     */
    public static TrialSeeds of(long experimentSeed, long number) {
        long trial = RandomSource.SPLIT_MIX_64.create(experimentSeed + number * STEP).nextLong();
        UniformRandomProvider outputs = RandomSource.SPLIT_MIX_64.create(trial);
        return new TrialSeeds(
                number, trial, outputs.nextLong(), outputs.nextLong(), outputs.nextLong());
    }

    /** A generator for one of the seeds. */
    public static UniformRandomProvider generator(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }
}
