package dev.longtail.estimators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distribution of memorization within one class.
 *
 * @param label number of the class
 * @param examples training examples of the class
 * @param defined those whose memorization is defined
 * @param mean mean memorization; NaN where none is defined
 * @param standardErrorBound upper bound on the standard error of that mean: the mean of the
 *     examples' standard errors, because they share trials; NaN where none is defined
 * @param quartiles quantiles 0, 0.25, 0.5, 0.75 and 1; empty where none is defined
 * @param memorized examples at or over the threshold
 * @param histogram number of examples per bin of {@link MemorizationHistogram}
 * @param meanConsistencyScore mean C-score; NaN where none is defined
 * @param includedAccuracy mean share of right models with the example; NaN where none is defined
 */
public record ClassMemorization(
        int label,
        int examples,
        int defined,
        double mean,
        double standardErrorBound,
        double[] quartiles,
        int memorized,
        long[] histogram,
        double meanConsistencyScore,
        double includedAccuracy) {

    /**
     * One summary per class.
     *
     * @param counts counters of all training examples
     * @param labels their classes, each in [0, classes)
     * @param classes number of classes
     * @param threshold memorization threshold
     * @throws IllegalArgumentException when there is not one label per example, or one is outside
     */
    public static List<ClassMemorization> ofAll(
            MemorizationCounts counts, int[] labels, int classes, double threshold) {
        if (labels.length != counts.size()) {
            throw new IllegalArgumentException(
                    "expected a label for each of %d examples, found %d"
                            .formatted(counts.size(), labels.length));
        }
        int[][] members = ClassMembers.of(labels, classes);
        List<ClassMemorization> summaries = new ArrayList<>(classes);
        for (int label = 0; label < classes; label++) {
            summaries.add(of(label, counts, members[label], threshold));
        }
        return summaries;
    }

    private static ClassMemorization of(
            int label, MemorizationCounts all, int[] members, double threshold) {
        Estimate[] estimates =
                Arrays.stream(members)
                        .mapToObj(i -> Estimate.of(all.at(i)))
                        .filter(Estimate::isDefined)
                        .toArray(Estimate[]::new);
        double[] values = Arrays.stream(estimates).mapToDouble(Estimate::value).toArray();
        return new ClassMemorization(
                label,
                members.length,
                values.length,
                Arrays.stream(values).average().orElse(Double.NaN),
                Arrays.stream(estimates)
                        .mapToDouble(Estimate::standardError)
                        .average()
                        .orElse(Double.NaN),
                Quantiles.of(values, 0, 0.25, 0.5, 0.75, 1),
                (int) Arrays.stream(values).filter(value -> value >= threshold).count(),
                MemorizationHistogram.of(values).counts(),
                Arrays.stream(estimates)
                        .mapToDouble(estimate -> estimate.counts().outAccuracy())
                        .average()
                        .orElse(Double.NaN),
                Arrays.stream(estimates)
                        .mapToDouble(estimate -> estimate.counts().inAccuracy())
                        .average()
                        .orElse(Double.NaN));
    }
}
