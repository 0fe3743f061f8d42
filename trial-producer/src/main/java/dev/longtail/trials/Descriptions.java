package dev.longtail.trials;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Trial;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.TrialOutcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.stream.IntStream;

/** The records of an experiment and its trials. */
public final class Descriptions {

    private Descriptions() {}

    /** The experiment that a worker with these settings contributes to. */
    public static Experiment experiment(
            TrainSettings settings, Dataset dataset, SubsetSampler sampler) {
        return Experiment.newBuilder()
                .setName(settings.experiment())
                .setCreatedAt(Instant.now())
                .setTrainSize(dataset.train().size())
                .setTestSize(dataset.test().size())
                .setSampler(sampler.describe())
                .setClassNames(dataset.classNames())
                .setTrainLabels(IntStream.of(dataset.train().labels()).boxed().toList())
                .setTestLabels(IntStream.of(dataset.test().labels()).boxed().toList())
                .setDataFingerprint(dataset.fingerprint())
                .setModel(settings.model().describe(dataset))
                .setOptimizer(settings.optimizer().describe())
                .setSettings(settings.meaning(dataset))
                .setSeed(settings.seed())
                .setGroundTruth(dataset.groundTruth().orElse(null))
                .build();
    }

    /**
     * The record of a trial.
     *
     * @param startedAt when training began
     * @param worker who trained it
     */
    public static Trial trial(
            TrainSettings settings,
            TrialSeeds seeds,
            TrialOutcome outcome,
            Instant startedAt,
            String worker) {
        return Trial.newBuilder()
                .setExperiment(settings.experiment())
                .setId(Long.toString(seeds.number()))
                .setSeed(seeds.trial())
                .setMask(ByteBuffer.wrap(outcome.mask()))
                .setTrainCorrect(ByteBuffer.wrap(outcome.trainCorrect()))
                .setTestCorrect(ByteBuffer.wrap(outcome.testCorrect()))
                .setIncludedAccuracy(outcome.includedAccuracy())
                .setHeldOutAccuracy(defined(outcome.heldOutAccuracy()))
                .setTestAccuracy(defined(outcome.testAccuracy()))
                .setLoss(outcome.loss())
                .setConverged(outcome.includedAccuracy() >= settings.minTrainAccuracy())
                .setStartedAt(startedAt)
                .setDataMillis(outcome.timings().data())
                .setTrainMillis(outcome.timings().training())
                .setEvaluateMillis(outcome.timings().evaluation())
                .setWorker(worker)
                .build();
    }

    private static Double defined(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
