package dev.longtail.estimators;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A learner small enough to be trained a hundred thousand times in a test: ridge regression of
 * one-hot labels on random ReLU features of points in the plane, fresh features for every training.
 * With more features than examples it nearly interpolates, so it memorizes.
 */
final class TinyLearner {

    private static final int FEATURES = 64;
    private static final double RIDGE = 1e-3;

    private final double[][] train;
    private final int[] trainLabels;
    private final double[][] test;
    private final int[] testLabels;
    private final int classes;

    TinyLearner(
            double[][] train, int[] trainLabels, double[][] test, int[] testLabels, int classes) {
        this.train = train;
        this.trainLabels = trainLabels;
        this.test = test;
        this.testLabels = testLabels;
        this.classes = classes;
    }

    /** Which examples a trained model is right on. */
    record Outcome(boolean[] trainCorrect, boolean[] testCorrect) {}

    /** Trains on the examples of the mask with the features of the seed. */
    Outcome train(boolean[] mask, long seed) {
        double[][] directions = directions(seed);
        double[][] trainFeatures = features(train, directions);
        double[][] weights = weights(trainFeatures, members(mask));
        return new Outcome(
                correct(trainFeatures, trainLabels, weights),
                correct(features(test, directions), testLabels, weights));
    }

    private static double[][] directions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] directions = new double[FEATURES][3];
        for (double[] direction : directions) {
            double angle = random.nextDouble(2 * Math.PI);
            direction[0] = Math.cos(angle);
            direction[1] = Math.sin(angle);
            direction[2] = random.nextDouble(-1.5, 1.5);
        }
        return directions;
    }

    private static double[][] features(double[][] points, double[][] directions) {
        double[][] features = new double[points.length][FEATURES];
        for (int p = 0; p < points.length; p++) {
            for (int f = 0; f < FEATURES; f++) {
                double[] d = directions[f];
                features[p][f] = Math.max(0, d[0] * points[p][0] + d[1] * points[p][1] + d[2]);
            }
        }
        return features;
    }

    private static int[] members(boolean[] mask) {
        int[] members = new int[mask.length];
        int size = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i]) {
                members[size++] = i;
            }
        }
        return Arrays.copyOf(members, size);
    }

    /** Features' transpose times (Gram matrix + ridge)^-1 times one-hot labels. */
    private double[][] weights(double[][] features, int[] members) {
        int m = members.length;
        double[][] gram = new double[m][m];
        double[][] duals = new double[m][classes];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b <= a; b++) {
                gram[a][b] = dot(features[members[a]], features[members[b]]);
            }
            gram[a][a] += RIDGE;
            duals[a][trainLabels[members[a]]] = 1;
        }
        solveCholesky(gram, duals);
        double[][] weights = new double[classes][FEATURES];
        for (int a = 0; a < m; a++) {
            for (int c = 0; c < classes; c++) {
                for (int f = 0; f < FEATURES; f++) {
                    weights[c][f] += duals[a][c] * features[members[a]][f];
                }
            }
        }
        return weights;
    }

    private static void solveCholesky(double[][] lower, double[][] rightSides) {
        int m = lower.length;
        for (int a = 0; a < m; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = lower[a][b];
                for (int k = 0; k < b; k++) {
                    sum -= lower[a][k] * lower[b][k];
                }
                lower[a][b] = a == b ? Math.sqrt(sum) : sum / lower[b][b];
            }
        }
        for (int c = 0; c < rightSides[0].length; c++) {
            for (int a = 0; a < m; a++) {
                for (int k = 0; k < a; k++) {
                    rightSides[a][c] -= lower[a][k] * rightSides[k][c];
                }
                rightSides[a][c] /= lower[a][a];
            }
            for (int a = m - 1; a >= 0; a--) {
                for (int k = a + 1; k < m; k++) {
                    rightSides[a][c] -= lower[k][a] * rightSides[k][c];
                }
                rightSides[a][c] /= lower[a][a];
            }
        }
    }

    private static boolean[] correct(double[][] features, int[] labels, double[][] weights) {
        boolean[] correct = new boolean[labels.length];
        for (int p = 0; p < labels.length; p++) {
            int best = 0;
            for (int c = 1; c < weights.length; c++) {
                if (dot(weights[c], features[p]) > dot(weights[best], features[p])) {
                    best = c;
                }
            }
            correct[p] = best == labels[p];
        }
        return correct;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int f = 0; f < FEATURES; f++) {
            sum += x[f] * y[f];
        }
        return sum;
    }
}
