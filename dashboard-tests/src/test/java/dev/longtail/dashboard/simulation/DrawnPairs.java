package dev.longtail.dashboard.simulation;

import dev.longtail.schemas.InfluencePair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Pairs of an experiment that is too large to count every pair of: some are drawn, with counters
 * that agree with the trials of their examples.
 *
 * @param perTrainGroup high-influence pairs of each group of training examples
 * @param perTest published pairs of each test example, half of them helpful
 */
record DrawnPairs(int perTrainGroup, int perTest) {

    private static final double MEMORIZED = 0.25;

    /** High-influence pairs of a train group, in the order in which a job publishes them. */
    List<InfluencePair> ofTrains(SimulatedTrials trials, int group, int[] examples) {
        Random random = new Random(group);
        List<InfluencePair> pairs = new ArrayList<>();
        for (int k = 0; k < 20 * perTrainGroup && pairs.size() < perTrainGroup; k++) {
            int i = examples[random.nextInt(examples.length)];
            if (trials.memorization(i) >= MEMORIZED) {
                pairs.add(pair(trials, i, random.nextInt(trials.testSize()), true));
            }
        }
        pairs.sort(
                Comparator.comparingInt(InfluencePair::getTrain)
                        .thenComparing(InfluencePair::getInfluence, Comparator.reverseOrder()));
        return pairs;
    }

    /** Strongest pairs of a test group. */
    List<InfluencePair> ofTests(SimulatedTrials trials, int group, int[] examples) {
        Random random = new Random(~group);
        List<InfluencePair> pairs = new ArrayList<>();
        for (int j : examples) {
            for (int k = 0; k < perTest; k++) {
                pairs.add(pair(trials, random.nextInt(trials.trainSize()), j, k < perTest / 2));
            }
        }
        return pairs;
    }

    /** A pair as helpful, or as harmful, as the trials of its examples allow. */
    private static InfluencePair pair(SimulatedTrials trials, int i, int j, boolean helpful) {
        int included = trials.included[i];
        int excluded = trials.trials - included;
        int includedCorrect =
                helpful
                        ? Math.min(included, trials.correct[j])
                        : Math.max(0, trials.correct[j] - excluded);
        double in = (double) includedCorrect / included;
        double out = (double) (trials.correct[j] - includedCorrect) / excluded;
        return InfluencePair.newBuilder()
                .setTrain(i)
                .setTest(j)
                .setIncluded(included)
                .setIncludedCorrect(includedCorrect)
                .setCorrect(trials.correct[j])
                .setInfluence(in - out)
                .setStandardError(Math.sqrt(in * (1 - in) / included + out * (1 - out) / excluded))
                .setMemorization(trials.memorization(i))
                .setLogEValue(null)
                .build();
    }
}
