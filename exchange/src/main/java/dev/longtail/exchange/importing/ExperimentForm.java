package dev.longtail.exchange.importing;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.SamplerKind;
import java.time.Instant;

/**
 * How an experiment that does not exist yet is described from its first imported trial, and what
 * later trials must fit.
 *
 * @param sampler how subsets were drawn
 * @param inclusionProbability of the Bernoulli sampler, else null
 * @param labels of the examples, null where they are unknown
 */
public record ExperimentForm(
        SamplerChoice sampler, Double inclusionProbability, ExampleLabels labels) {

    /**
     * The experiment whose first trial this is.
     *
     * @throws IllegalArgumentException when the labels are of another experiment
     */
    Experiment describe(String name, ImportSource.Sampling sampling, ImportedTrial first) {
        if (labels != null) {
            labels.requireSizes(first.trainSize(), first.testSize());
        }
        return Experiment.newBuilder()
                .setName(name)
                .setCreatedAt(Instant.now())
                .setTrainSize(first.trainSize())
                .setTestSize(first.testSize())
                .setSampler(sampler.toSampler(sampling, first.subsetSize(), inclusionProbability))
                .setTrainLabels(labels == null ? null : labels.train())
                .setTestLabels(labels == null ? null : labels.test())
                .setDataFingerprint("")
                .setModel("imported")
                .build();
    }

    /**
     * Refuses a trial that does not belong to the experiment.
     *
     * @throws ImportException when sizes or the number of included examples differ
     */
    static void requireFits(Experiment experiment, ImportedTrial trial) throws ImportException {
        if (trial.trainSize() != experiment.getTrainSize()
                || trial.testSize() != experiment.getTestSize()) {
            throw new ImportException(
                    "trial '%s': expected %d training and %d test examples as in the experiment '%s', found %d and %d"
                            .formatted(
                                    trial.id(),
                                    experiment.getTrainSize(),
                                    experiment.getTestSize(),
                                    experiment.getName(),
                                    trial.trainSize(),
                                    trial.testSize()));
        }
        boolean fixedSize = experiment.getSampler().getKind() == SamplerKind.FIXED_SIZE;
        int found = PackedBits.count(trial.mask());
        if (fixedSize && found != experiment.getSampler().getSubsetSize()) {
            throw new ImportException(
                    "trial '%s': expected %d included examples as the experiment '%s' says, found %d; where subsets have several sizes, delete the experiment and import with --sampler arbitrary"
                            .formatted(
                                    trial.id(),
                                    experiment.getSampler().getSubsetSize(),
                                    experiment.getName(),
                                    found));
        }
    }
}
