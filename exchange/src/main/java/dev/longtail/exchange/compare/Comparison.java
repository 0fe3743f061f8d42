package dev.longtail.exchange.compare;

import dev.longtail.estimators.Agreement;
import dev.longtail.estimators.Correlation;
import dev.longtail.estimators.ExperimentComparison;
import dev.longtail.exchange.compare.ComparedEstimates.PairList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two sides and how far they agree.
 *
 * @param a first side
 * @param b second side
 * @param rankCorrelation Spearman correlation of memorization; NaN where not both have it
 * @param examples agreement on the memorized examples per threshold; empty where not both sides
 *     have memorization of all examples
 * @param pairs agreement on the high-influence pairs per threshold; empty where not both have pairs
 * @param pairsFrom influence from which on both lists of pairs are complete; NaN without pairs
 */
record Comparison(
        ComparedEstimates a,
        ComparedEstimates b,
        double rankCorrelation,
        List<Agreement> examples,
        List<Agreement> pairs,
        double pairsFrom) {

    /**
     * Compares.
     *
     * @param memorizationThresholds thresholds for examples
     * @param influenceThresholds thresholds for pairs; those below the lists' own are left out
     * @throws IllegalArgumentException when the sides are not about the same examples, or have
     *     nothing in common to compare
     */
    static Comparison of(
            ComparedEstimates a,
            ComparedEstimates b,
            double[] memorizationThresholds,
            double[] influenceThresholds) {
        List<Agreement> examples = List.of();
        double rankCorrelation = Double.NaN;
        if (a.memorization().isPresent() && b.memorization().isPresent()) {
            double[] inA = a.memorization().get();
            double[] inB = b.memorization().get();
            examples = ExperimentComparison.ofExamples(inA, inB, memorizationThresholds);
            rankCorrelation = Correlation.spearman(inA, inB);
        }
        Optional<PairList> listA = a.pairs();
        Optional<PairList> listB = b.pairs();
        if (listA.isEmpty() || listB.isEmpty()) {
            if (examples.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s and %s have neither memorization nor pairs in common"
                                .formatted(a.origin(), b.origin()));
            }
            return new Comparison(a, b, rankCorrelation, examples, List.of(), Double.NaN);
        }
        double from = Math.max(listA.get().influenceThreshold(), listB.get().influenceThreshold());
        double[] usable = Arrays.stream(influenceThresholds).filter(t -> t >= from).toArray();
        return new Comparison(
                a,
                b,
                rankCorrelation,
                examples,
                ExperimentComparison.ofPairs(listA.get().listed(), listB.get().listed(), usable),
                from);
    }
}
