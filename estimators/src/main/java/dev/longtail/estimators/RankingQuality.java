package dev.longtail.estimators;

import java.util.Arrays;

/** How well a score ranks what it should find, where the truth is known. */
public final class RankingQuality {

    private RankingQuality() {}

    /**
     * Area under the ROC curve: the probability that a sought example has a higher score than
     * another one, ties counting one half (Mann-Whitney U).
     *
     * @param soughtScores scores of the examples to be found
     * @param otherScores scores of the others
     * @return in [0, 1], 0.5 for a score that says nothing; NaN where either group is empty. NaN
     *     scores are left out
     */
    public static double areaUnderCurve(double[] soughtScores, double[] otherScores) {
        double[] sought = defined(soughtScores);
        double[] others = defined(otherScores);
        if (sought.length == 0 || others.length == 0) {
            return Double.NaN;
        }
        double[] together = Arrays.copyOf(sought, sought.length + others.length);
        System.arraycopy(others, 0, together, sought.length, others.length);
        double[] ranks = Correlation.ranks(together);
        double rankSum = Arrays.stream(ranks, 0, sought.length).sum();
        double smallest = sought.length * (sought.length + 1.0) / 2;
        return (rankSum - smallest) / sought.length / others.length;
    }

    private static double[] defined(double[] scores) {
        return Arrays.stream(scores).filter(score -> !Double.isNaN(score)).toArray();
    }
}
