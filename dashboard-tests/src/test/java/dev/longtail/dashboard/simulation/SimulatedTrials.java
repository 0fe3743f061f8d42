package dev.longtail.dashboard.simulation;

import java.util.Random;

/**
 * Trials drawn from known accuracies and counted by the plain formula: example i is right with
 * probability {@code inAccuracy[i]} when included and {@code outAccuracy[i]} when not; test example
 * j with a twin i is right with {@code twinIn} when i is included and {@code twinOut} when not,
 * else with {@code testAccuracy}.
 */
public final class SimulatedTrials {

    private static final double TWIN_IN = 0.93;
    private static final double TWIN_OUT = 0.2;

    final int trainSize;
    final int testSize;
    final int subsetSize;
    final int[] trainLabels;
    final int[] testLabels;
    final double[] inAccuracy;
    final double[] outAccuracy;
    final double[] testAccuracy;

    /** Train twin of each test example, -1 where it has none. */
    final int[] twin;

    final int[] included;
    final int[] includedCorrect;
    final int[] excludedCorrect;
    final int[] correct;
    final int[][] pairCorrect;
    final int[] evenIncluded;
    final int[] evenIncludedCorrect;
    final int[] evenExcludedCorrect;
    int trials;
    int evenTrials;

    private final Random random;

    /**
     * @param pairs whether to count all n x n' pairs
     */
    public SimulatedTrials(int trainSize, int testSize, int classes, boolean pairs, long seed) {
        this.trainSize = trainSize;
        this.testSize = testSize;
        this.subsetSize = (int) Math.round(0.7 * trainSize);
        this.random = new Random(seed);
        trainLabels = random.ints(trainSize, 0, classes).toArray();
        testLabels = random.ints(testSize, 0, classes).toArray();
        inAccuracy = new double[trainSize];
        outAccuracy = new double[trainSize];
        testAccuracy = new double[testSize];
        twin = new int[testSize];
        included = new int[trainSize];
        includedCorrect = new int[trainSize];
        excludedCorrect = new int[trainSize];
        correct = new int[testSize];
        pairCorrect = new int[pairs ? trainSize : 0][pairs ? testSize : 0];
        evenIncluded = new int[trainSize];
        evenIncludedCorrect = new int[trainSize];
        evenExcludedCorrect = new int[trainSize];
        drawAccuracies();
    }

    private void drawAccuracies() {
        for (int i = 0; i < trainSize; i++) {
            inAccuracy[i] = 0.97 + 0.03 * random.nextDouble();
            // Most examples are learnt from others; the long tail is not.
            double tail = random.nextDouble();
            outAccuracy[i] =
                    tail < 0.8
                            ? 1 - 0.12 * Math.pow(random.nextDouble(), 3)
                            : random.nextDouble() * random.nextDouble();
        }
        for (int j = 0; j < testSize; j++) {
            testAccuracy[j] = 1 - 0.3 * Math.pow(random.nextDouble(), 4);
            twin[j] = -1;
        }
        for (int j = 0; j < testSize / 12; j++) {
            int i = random.nextInt(trainSize);
            if (outAccuracy[i] < 0.5) {
                twin[j] = i;
                testLabels[j] = trainLabels[i];
            }
        }
    }

    /** How strange an example looks: the less others teach it, the stranger. */
    double strangeness(int i) {
        return Math.max(0, 1 - outAccuracy[i]);
    }

    /** Runs and counts some trials. */
    public void run(int count) {
        for (int k = 0; k < count; k++) {
            runOne();
        }
    }

    /** Runs and counts one trial; returns what it drew. */
    Outcome runOne() {
        boolean[] mask = drawSubset();
        boolean[] trainRight = new boolean[trainSize];
        boolean[] testRight = new boolean[testSize];
        boolean even = trials % 2 == 0;
        for (int i = 0; i < trainSize; i++) {
            boolean right = random.nextDouble() < (mask[i] ? inAccuracy[i] : outAccuracy[i]);
            trainRight[i] = right;
            included[i] += mask[i] ? 1 : 0;
            includedCorrect[i] += mask[i] && right ? 1 : 0;
            excludedCorrect[i] += !mask[i] && right ? 1 : 0;
            if (even) {
                evenIncluded[i] += mask[i] ? 1 : 0;
                evenIncludedCorrect[i] += mask[i] && right ? 1 : 0;
                evenExcludedCorrect[i] += !mask[i] && right ? 1 : 0;
            }
        }
        for (int j = 0; j < testSize; j++) {
            double accuracy = twin[j] < 0 ? testAccuracy[j] : mask[twin[j]] ? TWIN_IN : TWIN_OUT;
            if (random.nextDouble() < accuracy) {
                correct[j]++;
                testRight[j] = true;
                for (int i = 0; i < pairCorrect.length; i++) {
                    pairCorrect[i][j] += mask[i] ? 1 : 0;
                }
            }
        }
        trials++;
        evenTrials += even ? 1 : 0;
        return new Outcome(mask, trainRight, testRight);
    }

    /** What one trial drew. */
    record Outcome(boolean[] mask, boolean[] trainRight, boolean[] testRight) {}

    private boolean[] drawSubset() {
        boolean[] mask = new boolean[trainSize];
        int left = subsetSize;
        for (int i = 0; i < trainSize; i++) {
            mask[i] = random.nextInt(trainSize - i) < left;
            left -= mask[i] ? 1 : 0;
        }
        return mask;
    }

    /** mem(i) by the formula of the paper. */
    public double memorization(int i) {
        return difference(
                includedCorrect[i], included[i], excludedCorrect[i], trials - included[i]);
    }

    /** infl(i, j) by the formula of the paper. */
    public double influence(int i, int j) {
        return difference(
                pairCorrect[i][j],
                included[i],
                correct[j] - pairCorrect[i][j],
                trials - included[i]);
    }

    /** Plug-in standard error of mem(i). */
    public double memorizationError(int i) {
        return error(includedCorrect[i], included[i], excludedCorrect[i], trials - included[i]);
    }

    /** Plug-in standard error of infl(i, j). */
    public double influenceError(int i, int j) {
        return error(
                pairCorrect[i][j],
                included[i],
                correct[j] - pairCorrect[i][j],
                trials - included[i]);
    }

    /** n. */
    public int trainSize() {
        return trainSize;
    }

    /** n'. */
    public int testSize() {
        return testSize;
    }

    /** Label of a test example. */
    public int testLabel(int j) {
        return testLabels[j];
    }

    /** Label of a training example. */
    public int trainLabel(int i) {
        return trainLabels[i];
    }

    /** Trials counted. */
    public int trials() {
        return trials;
    }

    private static double difference(int in1, int in, int out1, int out) {
        return (double) in1 / in - (double) out1 / out;
    }

    private static double error(int in1, int in, int out1, int out) {
        double q1 = (double) in1 / in;
        double q0 = (double) out1 / out;
        return Math.sqrt(q1 * (1 - q1) / in + q0 * (1 - q0) / out);
    }
}
