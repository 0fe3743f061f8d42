package dev.longtail.aggregator.client;

import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.Split;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;

/**
 * Reads what the job published, whether it runs or not: all memorization, high-influence pairs and
 * the strongest influences per test example. Other pairs are in the job's state only.
 */
public final class TopicEstimateReader implements EstimateReader {

    private final Properties kafka;
    private final CountedExperiment counted;

    private TopicEstimateReader(Properties kafka, CountedExperiment counted) {
        this.kafka = kafka;
        this.counted = counted;
    }

    /**
     * A reader of an output's topics.
     *
     * @param kafka client properties
     * @param output the experiment's name, or that of a replay
     * @throws EstimateUnavailableException when no job ever announced itself
     */
    public static TopicEstimateReader open(Properties kafka, String output)
            throws EstimateUnavailableException {
        return new TopicEstimateReader(kafka, CountedExperiment.find(kafka, output));
    }

    @Override
    public Memorization memorization(int train) throws EstimateUnavailableException {
        String key = ExperimentTopics.groupKey(Split.TRAIN, counted.trainGroup(train));
        MemorizationBlock block =
                PublishedValues.newest(
                                kafka,
                                counted.topics().estimatesTopic(),
                                key,
                                MemorizationBlock.class)
                        .orElseThrow(TopicEstimateReader::nothingYet);
        int place = block.getExamples().indexOf(train);
        int in = block.getIncluded().get(place);
        InOutCounts counts =
                new InOutCounts(
                        in,
                        block.getIncludedCorrect().get(place),
                        block.getTrials() - in,
                        block.getExcludedCorrect().get(place));
        return new Memorization(
                train, Estimate.of(counts), new TrialPoint(block.getBlock(), block.getTrials()));
    }

    @Override
    public Influence influence(int train, int test) throws EstimateUnavailableException {
        counted.tile(train, test);
        for (PairBlock block :
                List.of(
                        block(Split.TRAIN, counted.trainGroup(train)),
                        block(Split.TEST, counted.testGroup(test)))) {
            for (InfluencePair pair : block.getPairs()) {
                if (pair.getTrain() == train && pair.getTest() == test) {
                    return influence(block, pair);
                }
            }
        }
        throw new EstimateUnavailableException(
                Reason.NOT_PUBLISHED,
                "the pair of training example %d and test example %d is neither a high-influence pair nor among the strongest of the test example; only the running job's state has it"
                        .formatted(train, test));
    }

    @Override
    public StrongestInfluences topOfTrain(int train, int most) throws EstimateUnavailableException {
        PairBlock block = block(Split.TRAIN, counted.trainGroup(train));
        return strongest(block, most, pair -> pair.getTrain() == train);
    }

    @Override
    public StrongestInfluences topOfTest(int test, int most) throws EstimateUnavailableException {
        PairBlock block = block(Split.TEST, counted.testGroup(test));
        return strongest(block, most, pair -> pair.getTest() == test);
    }

    private static StrongestInfluences strongest(
            PairBlock block, int most, Predicate<InfluencePair> wanted) {
        List<Influence> pairs =
                block.getPairs().stream()
                        .filter(wanted)
                        .map(pair -> influence(block, pair))
                        .toList();
        return StrongestInfluences.of(
                pairs, most, new TrialPoint(block.getBlock(), block.getTrials()));
    }

    private PairBlock block(Split side, int group) throws EstimateUnavailableException {
        return PublishedValues.newest(
                        kafka,
                        counted.topics().pairsTopic(),
                        ExperimentTopics.groupKey(side, group),
                        PairBlock.class)
                .orElseThrow(TopicEstimateReader::nothingYet);
    }

    private static Influence influence(PairBlock block, InfluencePair pair) {
        InOutCounts counts =
                InOutCounts.ofPair(
                        block.getTrials(),
                        pair.getIncluded(),
                        pair.getIncludedCorrect(),
                        pair.getCorrect());
        return new Influence(
                pair.getTrain(),
                pair.getTest(),
                Estimate.of(counts),
                new TrialPoint(block.getBlock(), block.getTrials()));
    }

    private static EstimateUnavailableException nothingYet() {
        return new EstimateUnavailableException(
                Reason.NO_TRIALS, "nothing is published yet: no trials are counted");
    }

    @Override
    public Optional<Convergence> progress() {
        return PublishedValues.progress(kafka, counted.topics());
    }

    @Override
    public CountedExperiment experiment() {
        return counted;
    }

    @Override
    public void close() {
        // Every read has a consumer of its own.
    }
}
