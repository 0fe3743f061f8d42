package dev.longtail.exchange.exporting;

import dev.longtail.exchange.counting.TrialCounter;
import dev.longtail.exchange.counting.TrialCounter.PassProgress;
import dev.longtail.exchange.counting.TrialSpool;
import dev.longtail.exchange.exporting.ExportInput.ExampleNames;
import dev.longtail.exchange.exporting.ExportInput.PairThresholds;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Random trials as plain arrays, and the estimators as the paper writes them: the oracle. */
public record PlainTrials(boolean[][] mask, boolean[][] trainCorrect, boolean[][] testCorrect) {

    static final PairThresholds THRESHOLDS = new PairThresholds(0.25, 0.15);

    /**
     * Example 0 is never included and example 1 always, so that both are undefined. The later half
     * of the training examples is memorized and helps some test examples.
     */
    static PlainTrials random(long seed, int trials, int train, int test) {
        Random random = new Random(seed);
        boolean[][] mask = random(random, trials, train, 0.7);
        for (boolean[] subset : mask) {
            subset[0] = false;
            subset[1] = true;
        }
        return of(mask, random, test);
    }

    /** Every trial includes exactly {@code subsetSize} training examples; else likewise. */
    public static PlainTrials ofSubsetSize(
            long seed, int trials, int train, int test, int subsetSize) {
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>(IntStream.range(0, train).boxed().toList());
        boolean[][] mask = new boolean[trials][train];
        for (boolean[] subset : mask) {
            Collections.shuffle(order, random);
            order.subList(0, subsetSize).forEach(i -> subset[i] = true);
        }
        return of(mask, random, test);
    }

    private static PlainTrials of(boolean[][] mask, Random random, int test) {
        int train = mask[0].length;
        boolean[][] trainCorrect = random(random, mask.length, train, 0.6);
        boolean[][] testCorrect = random(random, mask.length, test, 0.6);
        for (int k = 0; k < mask.length; k++) {
            for (int i = train / 2; i < train; i++) {
                trainCorrect[k][i] |= mask[k][i];
                testCorrect[k][i % test] |= mask[k][i];
            }
        }
        return new PlainTrials(mask, trainCorrect, testCorrect);
    }

    private static boolean[][] random(Random random, int rows, int columns, double share) {
        boolean[][] values = new boolean[rows][columns];
        for (boolean[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextDouble() < share;
            }
        }
        return values;
    }

    public int trials() {
        return mask.length;
    }

    public int trainSize() {
        return mask[0].length;
    }

    public int testSize() {
        return testCorrect[0].length;
    }

    public double memorization(int i) {
        return accuracy(i, trainCorrect, i, true) - accuracy(i, trainCorrect, i, false);
    }

    public double influence(int i, int j) {
        return accuracy(i, testCorrect, j, true) - accuracy(i, testCorrect, j, false);
    }

    double heldOutAccuracy(int i) {
        return accuracy(i, trainCorrect, i, false);
    }

    private double accuracy(int i, boolean[][] correct, int example, boolean included) {
        return IntStream.range(0, trials())
                .filter(k -> mask[k][i] == included)
                .mapToDouble(k -> correct[k][example] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    TrialSpool spool(Path directory) throws IOException {
        TrialSpool spool = new TrialSpool(directory, trainSize(), testSize());
        for (int k = 0; k < trials(); k++) {
            spool.add(
                    "trial-" + k,
                    PackedBits.pack(mask[k]),
                    PackedBits.pack(trainCorrect[k]),
                    PackedBits.pack(testCorrect[k]));
        }
        return spool;
    }

    /** Labels by index modulo 3; names of some examples. */
    ExportInput input(TrialSpool spool, long memoryBytes) {
        return input(spool, memoryBytes, false);
    }

    /** The same, with what the export says about trials that did not converge. */
    ExportInput input(TrialSpool spool, long memoryBytes, boolean convergedOnly) {
        Experiment experiment =
                Experiment.newBuilder()
                        .setName("plain")
                        .setCreatedAt(Instant.EPOCH)
                        .setTrainSize(trainSize())
                        .setTestSize(testSize())
                        .setSampler(Sampler.newBuilder().setKind(SamplerKind.ARBITRARY).build())
                        .setTrainLabels(labels(trainSize()))
                        .setTestLabels(labels(testSize()))
                        .setDataFingerprint("")
                        .build();
        return new ExportInput(
                experiment,
                convergedOnly,
                new TrialCounter(spool, memoryBytes, PassProgress.NONE),
                new NumberedNames(trainSize(), testSize()),
                THRESHOLDS);
    }

    private static List<Integer> labels(int size) {
        return IntStream.range(0, size).mapToObj(i -> i % 3).toList();
    }

    private record NumberedNames(int trainSize, int testSize) implements ExampleNames {

        @Override
        public List<String> train() {
            return names("train", trainSize);
        }

        @Override
        public List<String> test() {
            return names("test", testSize);
        }

        private static List<String> names(String split, int size) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                names.add(i == 1 ? "" : split + i + ".png");
            }
            return names;
        }
    }

    static long[] indices(int size, int label) {
        return IntStream.range(0, size).filter(i -> i % 3 == label).asLongStream().toArray();
    }

    static double[] each(int size, IntToDoubleFunction value) {
        double[] values = new double[size];
        Arrays.setAll(values, value);
        return values;
    }
}
