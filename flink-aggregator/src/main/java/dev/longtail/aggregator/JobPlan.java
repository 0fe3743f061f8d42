package dev.longtail.aggregator;

import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.SamplerKind;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Everything the tasks of a job need to know: the experiment, and what is counted of it. Immutable.
 */
public final class JobPlan implements Serializable {

    private static final long serialVersionUID = 1;

    private final String experiment;
    private final String output;
    private final int trainSize;
    private final int testSize;
    private final SamplerKind sampler;
    private final Integer subsetSize;
    private final Double inclusionProbability;
    private final int[] trainLabels;
    private final int[] testLabels;
    private final PairScope scope;
    private final TileLimits limits;
    private final boolean convergedOnly;
    private final Thresholds thresholds;
    private final Pacing pacing;
    private final StateFingerprint fingerprint;

    private transient Tiling tiling;

    /**
     * A plan.
     *
     * @param experiment what is counted
     * @param output prefix of the output topics
     * @param scope which pairs
     * @param limits largest tiles
     * @param convergedOnly whether trials that did not converge are left out
     * @throws IllegalArgumentException when the scope does not fit the experiment, or its
     *     description contradicts itself
     */
    public JobPlan(
            Experiment experiment,
            String output,
            PairScope scope,
            TileLimits limits,
            boolean convergedOnly,
            Thresholds thresholds,
            Pacing pacing) {
        this.experiment = ExperimentTopics.requireName(experiment.getName());
        this.output = ExperimentTopics.requireName(output);
        this.trainSize = experiment.getTrainSize();
        this.testSize = experiment.getTestSize();
        this.sampler = experiment.getSampler().getKind();
        this.subsetSize = experiment.getSampler().getSubsetSize();
        this.inclusionProbability = experiment.getSampler().getInclusionProbability();
        this.trainLabels = labels(experiment.getTrainLabels());
        this.testLabels = labels(experiment.getTestLabels());
        this.scope = scope;
        this.limits = limits;
        this.convergedOnly = convergedOnly;
        this.thresholds = thresholds;
        this.pacing = pacing;
        requireSampler();
        this.tiling = makeTiling();
        this.fingerprint = StateFingerprint.of(experiment, scope, limits, convergedOnly);
    }

    private void requireSampler() {
        if (sampler == SamplerKind.FIXED_SIZE && subsetSize == null) {
            throw new IllegalArgumentException(
                    "the experiment '%s' has the sampler FIXED_SIZE without a subsetSize"
                            .formatted(experiment));
        }
        if (sampler == SamplerKind.BERNOULLI && inclusionProbability == null) {
            throw new IllegalArgumentException(
                    "the experiment '%s' has the sampler BERNOULLI without an inclusionProbability"
                            .formatted(experiment));
        }
    }

    private static int[] labels(List<Integer> labels) {
        return labels == null ? null : labels.stream().mapToInt(Integer::intValue).toArray();
    }

    private Tiling makeTiling() {
        return Tiling.of(scope, trainSize, testSize, trainLabels, testLabels, limits);
    }

    /** Name of the experiment. */
    public String experiment() {
        return experiment;
    }

    /** Prefix of the output topics. */
    public String output() {
        return output;
    }

    /** The topics. */
    public ExperimentTopics topics() {
        return new ExperimentTopics(experiment, output);
    }

    /** n. */
    public int trainSize() {
        return trainSize;
    }

    /** n'. */
    public int testSize() {
        return testSize;
    }

    /** m; empty unless the sampler is FIXED_SIZE. */
    public OptionalInt subsetSize() {
        return sampler == SamplerKind.FIXED_SIZE ? OptionalInt.of(subsetSize) : OptionalInt.empty();
    }

    /** p, the probability with which an example is included; empty for the ARBITRARY sampler. */
    public OptionalDouble inclusionRate() {
        return switch (sampler) {
            case FIXED_SIZE -> OptionalDouble.of((double) subsetSize / trainSize);
            case BERNOULLI -> OptionalDouble.of(inclusionProbability);
            case ARBITRARY -> OptionalDouble.empty();
        };
    }

    /** Whether bands and confirmed pairs keep their promise. */
    public AnytimeGuarantee anytimeGuarantee() {
        return AnytimeGuarantee.of(sampler, convergedOnly);
    }

    /** Which pairs are counted. */
    public PairScope scope() {
        return scope;
    }

    /** Largest tiles. */
    public TileLimits limits() {
        return limits;
    }

    /** Whether trials that did not converge are left out. */
    public boolean convergedOnly() {
        return convergedOnly;
    }

    /** What counts as high, decided and confirmed. */
    public Thresholds thresholds() {
        return thresholds;
    }

    /** When trials are counted and estimates published. */
    public Pacing pacing() {
        return pacing;
    }

    /** What state must agree with. */
    public StateFingerprint fingerprint() {
        return fingerprint;
    }

    /** The pairs in scope as tiles. */
    public Tiling tiling() {
        if (tiling == null) {
            tiling = makeTiling();
        }
        return tiling;
    }
}
