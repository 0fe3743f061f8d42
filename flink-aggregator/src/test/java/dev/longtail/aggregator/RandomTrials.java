package dev.longtail.aggregator;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An experiment without training: subsets of exactly m examples; a model is right with a
 * probability that depends on the example and on whether it was included, and some test examples
 * hang on one training example.
 */
public final class RandomTrials {

    public final String name;
    public final int trainSize;
    public final int testSize;
    public final int subsetSize;
    public final int classes;
    public final List<boolean[]> masks = new ArrayList<>();
    public final List<boolean[]> trainCorrect = new ArrayList<>();
    public final List<boolean[]> testCorrect = new ArrayList<>();
    private ReferenceCounts counts;

    public RandomTrials(String name, int trainSize, int testSize, int trials, long seed) {
        this.name = name;
        this.trainSize = trainSize;
        this.testSize = testSize;
        this.subsetSize = trainSize * 7 / 10;
        this.classes = 3;
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>(IntStream.range(0, trainSize).boxed().toList());
        for (int k = 0; k < trials; k++) {
            Collections.shuffle(order, random);
            boolean[] mask = new boolean[trainSize];
            order.subList(0, subsetSize).forEach(i -> mask[i] = true);
            boolean[] train = new boolean[trainSize];
            for (int i = 0; i < trainSize; i++) {
                double without = (double) i / trainSize;
                train[i] = random.nextDouble() < (mask[i] ? 0.98 : without);
            }
            boolean[] test = new boolean[testSize];
            for (int j = 0; j < testSize; j++) {
                boolean helped = mask[j % trainSize];
                test[j] = random.nextDouble() < (j % 5 == 0 ? (helped ? 0.9 : 0.3) : 0.7);
            }
            masks.add(mask);
            trainCorrect.add(train);
            testCorrect.add(test);
        }
    }

    public int trials() {
        return masks.size();
    }

    public int trainLabel(int i) {
        return i % classes;
    }

    public int testLabel(int j) {
        return (j / 2) % classes;
    }

    public Experiment experiment() {
        return Experiment.newBuilder()
                .setName(name)
                .setCreatedAt(Instant.EPOCH)
                .setTrainSize(trainSize)
                .setTestSize(testSize)
                .setSampler(
                        Sampler.newBuilder()
                                .setKind(SamplerKind.FIXED_SIZE)
                                .setSubsetSize(subsetSize)
                                .build())
                .setTrainLabels(
                        IntStream.range(0, trainSize).map(this::trainLabel).boxed().toList())
                .setTestLabels(IntStream.range(0, testSize).map(this::testLabel).boxed().toList())
                .setDataFingerprint("")
                .build();
    }

    public Trial trial(int k) {
        return Trial.newBuilder()
                .setExperiment(name)
                .setId(String.valueOf(k))
                .setMask(packed(masks.get(k)))
                .setTrainCorrect(packed(trainCorrect.get(k)))
                .setTestCorrect(packed(testCorrect.get(k)))
                .setConverged(k % 4 != 3)
                .build();
    }

    private static ByteBuffer packed(boolean[] bits) {
        return ByteBuffer.wrap(PackedBits.pack(bits));
    }

    /** in(i). */
    public long included(int i) {
        return counts().included[i];
    }

    /** Trials with inclusion of i as given and right on training example i. */
    public long memorizationCount(int i, boolean included) {
        return (included ? counts().inCorrect : counts().outCorrect)[i];
    }

    /** Trials with inclusion of i as given and right on test example j. */
    public long influenceCount(int i, int j, boolean included) {
        return (included ? counts().pairIn : counts().pairOut)[i][j];
    }

    private synchronized ReferenceCounts counts() {
        if (counts == null) {
            counts = new ReferenceCounts(trainSize, testSize);
            for (int k = 0; k < trials(); k++) {
                counts.add(masks.get(k), trainCorrect.get(k), testCorrect.get(k));
            }
        }
        return counts;
    }

    /** mem(i), from the paper's formula. */
    public double memorization(int i) {
        double in = included(i);
        return memorizationCount(i, true) / in - memorizationCount(i, false) / (trials() - in);
    }

    /** infl(i, j), from the paper's formula. */
    public double influence(int i, int j) {
        double in = included(i);
        return influenceCount(i, j, true) / in - influenceCount(i, j, false) / (trials() - in);
    }
}
