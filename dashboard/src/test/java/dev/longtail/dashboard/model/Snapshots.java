package dev.longtail.dashboard.model;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Snapshots of random counters, for tests of what is answered from them. */
public final class Snapshots {

    private Snapshots() {}

    /**
     * One group of training examples with random counters, some without trials on one side, and one
     * group of test examples that is right at random.
     */
    public static Snapshot random(int trainSize, int testSize, int classes) {
        Random random = new Random(17L * trainSize + testSize);
        int trials = 200;
        int[] in = random.ints(trainSize, 0, trials + 1).toArray();
        in[0] = 0;
        in[1] = trials;
        int[] inCorrect = Arrays.stream(in).map(n -> random.nextInt(n + 1)).toArray();
        int[] outCorrect = Arrays.stream(in).map(n -> random.nextInt(trials - n + 1)).toArray();
        float[] influence = new float[trainSize];
        for (int i = 0; i < trainSize; i++) {
            influence[i] = in[i] == 0 || in[i] == trials ? Float.NaN : random.nextFloat();
        }
        GroupEstimates group =
                new GroupEstimates(
                        0,
                        1,
                        1,
                        1,
                        0,
                        trials,
                        IntStream.range(0, trainSize).toArray(),
                        in,
                        inCorrect,
                        outCorrect,
                        influence,
                        new int[trainSize],
                        influence);
        int[] test = IntStream.range(0, testSize).toArray();
        GroupPairs testPairs =
                new GroupPairs(
                        0,
                        1,
                        1,
                        1,
                        trials,
                        0,
                        new int[testSize],
                        test,
                        Arrays.stream(test).map(j -> in[2]).toArray(),
                        new int[testSize],
                        random.ints(testSize, 0, trials - in[2] + 1).toArray(),
                        new float[testSize],
                        new float[testSize]);
        PairTable testTable = new PairTable(List.of(testPairs), List.of());
        return new Snapshot(
                1,
                description(trainSize, testSize, classes, random),
                Optional.empty(),
                true,
                0,
                List.of(),
                List.of(),
                List.of(group),
                new Lazy<>(() -> new Memorization(trainSize, List.of(group))),
                new Lazy<>(() -> new PairTable(List.of(), List.of())),
                new Lazy<>(() -> testTable),
                new Lazy<>(() -> TestAccuracy.of(testTable, testSize)));
    }

    private static ExperimentDescription description(
            int trainSize, int testSize, int classes, Random random) {
        return ExperimentDescription.of(
                Experiment.newBuilder()
                        .setName("random")
                        .setCreatedAt(Instant.EPOCH)
                        .setTrainSize(trainSize)
                        .setTestSize(testSize)
                        .setSampler(Sampler.newBuilder().setKind(SamplerKind.ARBITRARY).build())
                        .setTrainLabels(random.ints(trainSize, 0, classes).boxed().toList())
                        .setTestLabels(random.ints(testSize, 0, classes).boxed().toList())
                        .setDataFingerprint("")
                        .build());
    }
}
