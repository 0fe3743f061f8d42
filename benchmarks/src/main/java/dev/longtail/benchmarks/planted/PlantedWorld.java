package dev.longtail.benchmarks.planted;

import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Trial;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trials of models that would have exactly the planted influences and no others.
 *
 * <p>A test example is right with probability {@code base + sum of the influences of its included
 * training examples}; where the published influences on one test example do not fit into a
 * probability, they are scaled down together. A training example is always right when included, and
 * with probability {@code 1 - mem} when not. The memorization of examples without a planted pair is
 * not published: two fifths of them get 0.7, the others nearly none, so that the paper's rule has
 * many candidates.
 */
final class PlantedWorld {

    private static final double MEMORIZED_SHARE = 0.4;
    private static final double MEMORIZED = 0.7;
    private static final double HARDLY_MEMORIZED = 0.02;

    /** A planted influence on one test example. */
    record Influence(int train, double value) {}

    private final String experiment;
    private final SubsetSampler sampler;
    private final long seed;
    private final double[] memorization;
    private final double[] base;
    private final List<List<Influence>> influences = new ArrayList<>();

    PlantedWorld(
            String experiment,
            PlantedPairs pairs,
            SubsetSampler sampler,
            int trainSize,
            int testSize,
            long seed) {
        this.experiment = experiment;
        this.sampler = sampler;
        this.seed = seed;
        this.memorization = new double[trainSize];
        this.base = new double[testSize];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < trainSize; i++) {
            memorization[i] = random.nextDouble() < MEMORIZED_SHARE ? MEMORIZED : HARDLY_MEMORIZED;
        }
        for (int j = 0; j < testSize; j++) {
            influences.add(new ArrayList<>());
        }
        for (int pair = 0; pair < pairs.size(); pair++) {
            int train = (int) pairs.train()[pair];
            memorization[train] = Math.min(1, pairs.memorization()[pair]);
            influences
                    .get((int) pairs.test()[pair])
                    .add(new Influence(train, pairs.influence()[pair]));
        }
        for (int j = 0; j < testSize; j++) {
            fitIntoProbability(influences.get(j));
            double sum = influences.get(j).stream().mapToDouble(Influence::value).sum();
            base[j] = random.nextDouble() * (1 - sum);
        }
    }

    private static void fitIntoProbability(List<Influence> onOneExample) {
        double sum = onOneExample.stream().mapToDouble(Influence::value).sum();
        if (sum > 1) {
            onOneExample.replaceAll(one -> new Influence(one.train(), one.value() / sum));
        }
    }

    /** The planted influences on a test example, as simulated. */
    List<Influence> influencesOn(int test) {
        return influences.get(test);
    }

    /** A trial: the same number gives the same trial. */
    Trial trial(int number) {
        SplittableRandom random = new SplittableRandom(seed + 1 + number).split();
        int[] subset = sampler.draw(TrialSeeds.of(seed, number));
        byte[] mask = new byte[PackedBits.byteLength(memorization.length)];
        for (int i : subset) {
            PackedBits.set(mask, i);
        }
        byte[] trainCorrect = mask.clone();
        for (int i = 0; i < memorization.length; i++) {
            if (!PackedBits.get(mask, i) && random.nextDouble() >= memorization[i]) {
                PackedBits.set(trainCorrect, i);
            }
        }
        byte[] testCorrect = new byte[PackedBits.byteLength(base.length)];
        for (int j = 0; j < base.length; j++) {
            double chance = base[j];
            for (Influence influence : influences.get(j)) {
                chance += PackedBits.get(mask, influence.train()) ? influence.value() : 0;
            }
            if (random.nextDouble() < chance) {
                PackedBits.set(testCorrect, j);
            }
        }
        return Trial.newBuilder()
                .setExperiment(experiment)
                .setId(String.valueOf(number))
                .setSeed(seed + number)
                .setMask(ByteBuffer.wrap(mask))
                .setTrainCorrect(ByteBuffer.wrap(trainCorrect))
                .setTestCorrect(ByteBuffer.wrap(testCorrect))
                .build();
    }
}
