package dev.longtail.estimators;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Training examples that look mislabeled or atypical: memorized, and predicted wrongly by the
 * models that did not train on them (low C-score).
 */
public final class LabelAudit {

    private LabelAudit() {}

    /**
     * One suspect.
     *
     * @param position position of the example in the given counters
     * @param suspicion what it is ranked by, in [-1, 1]
     * @param memorization mem(i) with its standard error and counts
     * @param consistencyScore C-score at the sampled ratio, in [0, 1]
     */
    public record Suspect(
            int position, double suspicion, Estimate memorization, double consistencyScore) {}

    /**
     * Suspicion of one example: {@code mem(i) (1 - C-score(i))}. High only where both memorization
     * is high and the C-score low; memorization alone does not tell a hard but learnable example
     * (right half of the time without it) from one that contradicts the rest.
     *
     * @return in [-1, 1]; NaN where a side has no trials
     */
    public static double suspicion(InOutCounts counts) {
        return (counts.inAccuracy() - counts.outAccuracy()) * (1 - counts.outAccuracy());
    }

    /** Suspicion of every example. */
    public static double[] suspicions(MemorizationCounts counts) {
        double[] suspicions = new double[counts.size()];
        Arrays.setAll(suspicions, position -> suspicion(counts.at(position)));
        return suspicions;
    }

    /**
     * The most suspect examples first; equal ones by rising position, undefined ones left out.
     *
     * @param most how many at most
     */
    public static List<Suspect> ranking(MemorizationCounts counts, int most) {
        double[] suspicions = suspicions(counts);
        return IntStream.range(0, counts.size())
                .filter(position -> !Double.isNaN(suspicions[position]))
                .boxed()
                .sorted(Comparator.comparingDouble(position -> -suspicions[position]))
                .limit(most)
                .map(
                        position ->
                                new Suspect(
                                        position,
                                        suspicions[position],
                                        Estimate.of(counts.at(position)),
                                        counts.at(position).outAccuracy()))
                .toList();
    }
}
