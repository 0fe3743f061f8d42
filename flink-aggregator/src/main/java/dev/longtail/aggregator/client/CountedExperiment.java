package dev.longtail.aggregator.client;

import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.List;
import java.util.Properties;

/**
 * A job as it announced itself, and the experiment it counts.
 *
 * @param job the job's description
 * @param experiment the experiment's description
 * @param tiling the pairs in scope
 */
public record CountedExperiment(JobDescription job, Experiment experiment, Tiling tiling) {

    /**
     * Finds a job by its output prefix.
     *
     * @param kafka client properties
     * @param output the experiment's name, or that of a replay
     * @throws EstimateUnavailableException when no job announced itself
     */
    public static CountedExperiment find(Properties kafka, String output)
            throws EstimateUnavailableException {
        String topic = ExperimentTopics.of(output).jobTopic();
        byte[] announced = CompactedTopic.newestByKey(kafka, topic).get(output);
        if (announced == null) {
            throw new EstimateUnavailableException(
                    Reason.JOB_NOT_RUNNING,
                    "no job has announced itself in the topic %s; start one by 'longtail job --experiment NAME' or 'longtail up'"
                            .formatted(topic));
        }
        JobDescription job = decode(topic, announced);
        Experiment experiment =
                ExperimentReader.find(kafka, job.getExperiment())
                        .orElseThrow(
                                () ->
                                        new EstimateUnavailableException(
                                                Reason.JOB_NOT_RUNNING,
                                                "the experiment '%s' is not described any more"
                                                        .formatted(job.getExperiment())));
        return new CountedExperiment(job, experiment, tiling(job, experiment));
    }

    private static JobDescription decode(String topic, byte[] announced) {
        try {
            return RecordCodec.of(JobDescription.class).decode(announced);
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "the topic %s holds no readable job description: %s"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }

    private static Tiling tiling(JobDescription job, Experiment experiment) {
        PairScope scope =
                switch (job.getScope()) {
                    case ALL -> new PairScope.All();
                    case SAME_CLASS -> new PairScope.SameClass();
                    case NONE -> new PairScope.None();
                    case TEST_SUBSET -> new PairScope.TestSubset(ints(job.getTestSubset()));
                };
        return Tiling.of(
                scope,
                experiment.getTrainSize(),
                experiment.getTestSize(),
                ints(experiment.getTrainLabels()),
                ints(experiment.getTestLabels()),
                new TileLimits(job.getTileTrain(), job.getTileTest()));
    }

    private static int[] ints(List<Integer> values) {
        return values == null ? null : values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether bands and confirmed pairs of this job keep their promise. */
    public AnytimeGuarantee anytimeGuarantee() {
        return AnytimeGuarantee.of(experiment.getSampler().getKind(), job.getConvergedOnly());
    }

    /** The topics. */
    public ExperimentTopics topics() {
        return new ExperimentTopics(job.getExperiment(), job.getOutput());
    }

    /** Returns the group of a training example, or says that there is none. */
    int trainGroup(int train) throws EstimateUnavailableException {
        requireIndex("training", train, tiling.trainSize());
        return tiling.trainGroupOf(train);
    }

    /** Returns the group of a test example, or says that there is none. */
    int testGroup(int test) throws EstimateUnavailableException {
        requireIndex("test", test, tiling.testSize());
        int group = tiling.testGroupOf(test);
        if (group == Tiling.NO_GROUP || tiling.tilesOfTestGroup(group).isEmpty()) {
            throw new EstimateUnavailableException(
                    Reason.OUT_OF_SCOPE,
                    "no pairs with test example %d are counted: the job's scope is %s"
                            .formatted(test, job.getScope()));
        }
        return group;
    }

    /** Returns the tile of a pair, or says that there is none. */
    Tiling.Tile tile(int train, int test) throws EstimateUnavailableException {
        trainGroup(train);
        testGroup(test);
        var tile = tiling.tileOf(train, test);
        if (tile.isEmpty()) {
            throw new EstimateUnavailableException(
                    Reason.OUT_OF_SCOPE,
                    "the pair of training example %d and test example %d is not counted: the job's scope is %s"
                            .formatted(train, test, job.getScope()));
        }
        return tiling.tile(tile.getAsInt());
    }

    private static void requireIndex(String what, int index, int size)
            throws EstimateUnavailableException {
        if (index < 0 || index >= size) {
            throw new EstimateUnavailableException(
                    Reason.INDEX_OUT_OF_RANGE,
                    "expected the index of a %s example from 0 to %d, found %d"
                            .formatted(what, size - 1, index));
        }
    }
}
