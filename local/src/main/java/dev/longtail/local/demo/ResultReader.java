package dev.longtail.local.demo;

import dev.longtail.local.experiments.TopicReader;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads what a job published, all of it from the same trials. */
final class ResultReader {

    private static final RecordCodec<Experiment> EXPERIMENT = RecordCodec.of(Experiment.class);
    private static final RecordCodec<MemorizationBlock> ESTIMATES =
            RecordCodec.of(MemorizationBlock.class);
    private static final RecordCodec<PairBlock> PAIRS = RecordCodec.of(PairBlock.class);

    private final TopicReader reader;
    private final ExperimentTopics topics;

    /**
     * Results of one block of trials.
     *
     * @param experiment the experiment
     * @param memorization mem(i), by training example; NaN where undefined
     * @param pairs the high-influence pairs
     */
    record Results(Experiment experiment, double[] memorization, List<InfluencePair> pairs) {}

    ResultReader(TopicReader reader, ExperimentTopics topics) {
        this.reader = reader;
        this.topics = topics;
    }

    /**
     * The results of the trials that a convergence record speaks for.
     *
     * @return empty while not every group has been published from exactly these trials
     */
    Optional<Results> at(Convergence convergence) {
        Experiment experiment =
                reader.newest(topics.experimentTopic(), EXPERIMENT).get(topics.experiment());
        Collection<MemorizationBlock> estimates =
                reader.newest(topics.estimatesTopic(), ESTIMATES).values();
        Collection<PairBlock> pairBlocks =
                reader.newest(topics.pairsTopic(), PAIRS).values().stream()
                        .filter(block -> block.getSide() == Split.TRAIN)
                        .toList();
        long block = convergence.getBlock();
        boolean complete =
                !estimates.isEmpty()
                        && estimates.stream().allMatch(group -> group.getBlock() == block)
                        && estimates.iterator().next().getGroups() == estimates.size()
                        && pairBlocks.stream().allMatch(group -> group.getBlock() == block)
                        && pairBlocks.stream().allMatch(g -> g.getGroups() == pairBlocks.size());
        if (!complete) {
            return Optional.empty();
        }
        double[] memorization = new double[experiment.getTrainSize()];
        Arrays.fill(memorization, Double.NaN);
        for (MemorizationBlock group : estimates) {
            for (int i = 0; i < group.getExamples().size(); i++) {
                memorization[group.getExamples().get(i)] = group.getMemorization().get(i);
            }
        }
        List<InfluencePair> pairs = new ArrayList<>();
        pairBlocks.forEach(group -> pairs.addAll(group.getPairs()));
        return Optional.of(new Results(experiment, memorization, pairs));
    }
}
