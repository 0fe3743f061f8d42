package dev.longtail.estimators;

/**
 * Mean influence of the training examples of each class on the test examples of each class.
 * Accumulates pair by pair; parts of a distributed job are added up.
 */
public final class ClassInfluence {

    private final int classes;
    private final double[] influenceSums;
    private final double[] standardErrorSums;
    private final long[] pairs;

    /**
     * @param classes number of classes, at least 1
     * @throws IllegalArgumentException when there is none
     */
    public ClassInfluence(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("expected at least 1 class, found " + classes);
        }
        this.classes = classes;
        this.influenceSums = new double[classes * classes];
        this.standardErrorSums = new double[classes * classes];
        this.pairs = new long[classes * classes];
    }

    /**
     * Counts one pair; an undefined influence counts nowhere.
     *
     * @param trainLabel class of the training example
     * @param testLabel class of the test example
     * @param influence in [-1, 1] or NaN
     * @param standardError its standard error
     */
    public void add(int trainLabel, int testLabel, double influence, double standardError) {
        if (!Double.isNaN(influence)) {
            int cell = cell(trainLabel, testLabel);
            influenceSums[cell] += influence;
            standardErrorSums[cell] += standardError;
            pairs[cell]++;
        }
    }

    /**
     * Adds the pairs of another part.
     *
     * @throws IllegalArgumentException when it has another number of classes
     */
    public void add(ClassInfluence other) {
        if (other.classes != classes) {
            throw new IllegalArgumentException(
                    "expected %d classes, found %d".formatted(classes, other.classes));
        }
        for (int cell = 0; cell < pairs.length; cell++) {
            influenceSums[cell] += other.influenceSums[cell];
            standardErrorSums[cell] += other.standardErrorSums[cell];
            pairs[cell] += other.pairs[cell];
        }
    }

    /** Number of classes. */
    public int classes() {
        return classes;
    }

    /** Mean influence of one class on another, in [-1, 1]; NaN where no pair is defined. */
    public double mean(int trainLabel, int testLabel) {
        int cell = cell(trainLabel, testLabel);
        return influenceSums[cell] / pairs[cell];
    }

    /**
     * Upper bound on the standard error of that mean: the mean of the pairs' standard errors,
     * because the pairs share trials and are not independent.
     */
    public double standardErrorBound(int trainLabel, int testLabel) {
        int cell = cell(trainLabel, testLabel);
        return standardErrorSums[cell] / pairs[cell];
    }

    /** Number of pairs the mean is from. */
    public long pairs(int trainLabel, int testLabel) {
        return pairs[cell(trainLabel, testLabel)];
    }

    private int cell(int trainLabel, int testLabel) {
        if (trainLabel < 0 || trainLabel >= classes || testLabel < 0 || testLabel >= classes) {
            throw new IllegalArgumentException(
                    "expected labels in [0, %d), found %d and %d"
                            .formatted(classes, trainLabel, testLabel));
        }
        return trainLabel * classes + testLabel;
    }
}
