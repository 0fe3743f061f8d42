package dev.longtail.exchange.importing;

import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;

/** How an imported experiment is described to have drawn its subsets. */
public enum SamplerChoice {
    /** Fixed size where all trials have the same, else arbitrary. */
    AUTO,
    /** Every trial has as many included examples as the first. */
    FIXED_SIZE,
    /** Each example independently; the probability is stated. */
    BERNOULLI,
    /** Nothing is claimed and no subset size is checked. */
    ARBITRARY;

    /**
     * The description.
     *
     * @param sampling what the source knows
     * @param subsetSize included examples of the first trial
     * @param inclusionProbability read for {@link #BERNOULLI} only
     */
    Sampler toSampler(ImportSource.Sampling sampling, int subsetSize, Double inclusionProbability) {
        SamplerKind kind =
                switch (this) {
                    case AUTO ->
                            sampling == ImportSource.Sampling.SAME_SIZE
                                    ? SamplerKind.FIXED_SIZE
                                    : SamplerKind.ARBITRARY;
                    case FIXED_SIZE -> SamplerKind.FIXED_SIZE;
                    case BERNOULLI -> SamplerKind.BERNOULLI;
                    case ARBITRARY -> SamplerKind.ARBITRARY;
                };
        return Sampler.newBuilder()
                .setKind(kind)
                .setSubsetSize(kind == SamplerKind.FIXED_SIZE ? subsetSize : null)
                .setInclusionProbability(
                        kind == SamplerKind.BERNOULLI ? inclusionProbability : null)
                .build();
    }
}
