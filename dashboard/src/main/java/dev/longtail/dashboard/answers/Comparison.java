package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.estimators.Agreement;
import dev.longtail.estimators.Correlation;
import dev.longtail.estimators.ExperimentComparison;
import dev.longtail.schemas.Convergence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two experiments on the same training examples, side by side.
 *
 * @param trialsA that A's figures are from
 * @param trialsB that B's figures are from
 * @param convergedOnlyA whether A's figures leave out trials that did not converge, which changes
 *     what is estimated
 * @param convergedOnlyB the same of B
 * @param sameData whether both state the same data; false means that index 17 may be something else
 * @param pearson correlation of mem in A with mem in B over the examples defined in both
 * @param spearman its rank correlation
 * @param histogramA of memorization in A
 * @param histogramB of memorization in B, same bins
 * @param examples agreement on memorized examples over thresholds
 * @param pairs agreement on high-influence pairs over thresholds from the larger of both lists'
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Comparison(
        long trialsA,
        long trialsB,
        boolean convergedOnlyA,
        boolean convergedOnlyB,
        boolean sameData,
        double pearson,
        double spearman,
        Histogram histogramA,
        Histogram histogramB,
        List<Agreement> examples,
        List<Agreement> pairs) {

    private static final int BINS = 80;
    private static final double STEP = 0.05;

    /**
     * Compares.
     *
     * @throws IllegalArgumentException when the experiments have different numbers of training
     *     examples
     */
    public static Comparison of(Snapshot a, Snapshot b) {
        Memorization inA = a.memorization().get();
        Memorization inB = b.memorization().get();
        List<Agreement> examples =
                ExperimentComparison.ofExamples(inA.values(), inB.values(), thresholds(STEP));
        int[] both =
                IntStream.range(0, inA.size())
                        .filter(i -> Double.isFinite(inA.value(i) - inB.value(i)))
                        .toArray();
        double[] valuesA = IntStream.of(both).mapToDouble(inA::value).toArray();
        double[] valuesB = IntStream.of(both).mapToDouble(inB::value).toArray();
        return new Comparison(
                inA.trials(),
                inB.trials(),
                a.convergedOnly(),
                b.convergedOnly(),
                a.description()
                        .experiment()
                        .getDataFingerprint()
                        .equals(b.description().experiment().getDataFingerprint()),
                Correlation.pearson(valuesA, valuesB),
                Correlation.spearman(valuesA, valuesB),
                Histogram.of(a, BINS, null),
                Histogram.of(b, BINS, null),
                examples,
                ExperimentComparison.ofPairs(
                        listed(a), listed(b), thresholds(Math.max(listedFrom(a), listedFrom(b)))));
    }

    private static ExperimentComparison.ListedPairs listed(Snapshot snapshot) {
        PairTable pairs = snapshot.trainPairs().get();
        IntStream all = IntStream.range(0, pairs.size());
        return new ExperimentComparison.ListedPairs(
                all.map(pairs::train).toArray(),
                IntStream.range(0, pairs.size()).map(pairs::test).toArray(),
                IntStream.range(0, pairs.size())
                        .mapToDouble(k -> pairs.influence(k).value())
                        .toArray());
    }

    private static double listedFrom(Snapshot snapshot) {
        return snapshot.latest().map(Convergence::getInfluenceThreshold).orElse(STEP);
    }

    /** Multiples of the step from the first one on, below 1. */
    private static double[] thresholds(double from) {
        return IntStream.range(1, (int) Math.round(1 / STEP))
                .mapToDouble(k -> Math.round(k * STEP * 100) / 100.0)
                .filter(threshold -> threshold >= from)
                .toArray();
    }
}
