package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.ExpectedFalsePairs;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.Tiling;

/**
 * One pass over all pairs of a tile for a publication. Not safe for use by several threads.
 *
 * <p>infl(i, j) is linear in the pair's counters: {@code a inCorrect(i, j) - b correct(j)} with
 * {@code a = 1/in + 1/out, b = 1/out}. The pass over all pairs uses that; what comes near a
 * threshold is decided by {@link Estimate}, so that the result is the same to the last bit.
 */
final class TileSurvey {

    /** High-influence pairs that a tile reports; only few trials make more. */
    static final int MOST_PAIRS = 8192;

    /** Columns per row that are looked at for being decided. */
    private static final int DECIDED_SAMPLE = 64;

    private static final double ROUNDING = 1e-9;

    private final JobPlan plan;
    private final ExpectedFalsePairs falsePairs;
    private final AnytimeBand band;

    TileSurvey(JobPlan plan) {
        this.plan = plan;
        this.falsePairs = ExpectedFalsePairs.over(plan.thresholds().influence());
        this.band = AnytimeBand.atLevel(plan.thresholds().alpha());
    }

    TileReport survey(Tiling.Tile tile, BlockStamp stamp, TileCounts counts, TopInfluences top) {
        int columns = counts.columns();
        int rows = counts.rows();
        int[] correct = new int[columns];
        double[] testFactors = new double[columns];
        long correctSum = 0;
        for (int c = 0; c < columns; c++) {
            correct[c] = (int) counts.correct(c);
            correctSum += correct[c];
            testFactors[c] = ExpectedFalsePairs.testFactor(counts.trials(), correct[c]);
        }
        top.beginTile(correct);
        long[] sums = new long[rows];
        float[] largest = new float[rows];
        int[] largestTest = new int[rows];
        int[] pairsPerRow = new int[rows];
        byte[] pairsPerTest = new byte[columns];
        HighPairCollector high = new HighPairCollector(MOST_PAIRS);
        int[] inCorrect = new int[columns];
        double expectedFalse = 0;
        long lookedAt = 0;
        long decided = 0;
        for (int row = 0; row < rows; row++) {
            counts.copyInCorrect(row, inCorrect);
            sums[row] = sum(inCorrect);
            InOutCounts own = counts.own(row);
            largest[row] = Float.NaN;
            largestTest[row] = -1;
            if (!own.isDefined() || columns == 0) {
                continue;
            }
            int best = largestColumn(own, inCorrect, correct);
            largest[row] = (float) influence(own, inCorrect[best], correct[best]);
            largestTest[row] = tile.test()[best];
            top.offerRow(tile.train()[row], own, inCorrect);
            if (Estimate.of(own).value() >= plan.thresholds().memorization()) {
                pairsPerRow[row] =
                        collectHigh(tile, row, own, inCorrect, correct, high, pairsPerTest);
                expectedFalse += expectedFalse(own, testFactors);
                int stride = Math.max(1, columns / DECIDED_SAMPLE);
                for (int c = 0; c < columns; c += stride) {
                    lookedAt++;
                    decided += isDecided(own, inCorrect[c], correct[c]) ? 1 : 0;
                }
            }
        }
        return new TileReport(
                tile.trainGroup(),
                tile.id(),
                stamp,
                RowCounters.of(counts),
                columns,
                correctSum,
                sums,
                largest,
                largestTest,
                high.pairs(),
                pairsPerRow,
                pairsPerTest,
                expectedFalse,
                lookedAt,
                decided);
    }

    private static long sum(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    private static int largestColumn(InOutCounts own, int[] inCorrect, int[] correct) {
        double a = 1.0 / own.in() + 1.0 / own.out();
        double b = 1.0 / own.out();
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < inCorrect.length; c++) {
            double influence = a * inCorrect[c] - b * correct[c];
            if (influence > most) {
                most = influence;
                best = c;
            }
        }
        return best;
    }

    private int collectHigh(
            Tiling.Tile tile,
            int row,
            InOutCounts own,
            int[] inCorrect,
            int[] correct,
            HighPairCollector high,
            byte[] pairsPerTest) {
        double threshold = plan.thresholds().influence();
        double a = 1.0 / own.in() + 1.0 / own.out();
        double b = 1.0 / own.out();
        int found = 0;
        for (int c = 0; c < inCorrect.length; c++) {
            if (a * inCorrect[c] - b * correct[c] < threshold - ROUNDING) {
                continue;
            }
            double influence = influence(own, inCorrect[c], correct[c]);
            if (influence >= threshold) {
                found++;
                pairsPerTest[c] = (byte) Math.min(2, pairsPerTest[c] + 1);
                high.add(influence, row, tile.test()[c], inCorrect[c], correct[c]);
            }
        }
        return found;
    }

    private double expectedFalse(InOutCounts own, double[] testFactors) {
        double trainFactor = falsePairs.trainFactor(own.trials(), own.in());
        double sum = 0;
        for (double testFactor : testFactors) {
            sum += ExpectedFalsePairs.probability(trainFactor, testFactor);
        }
        return sum;
    }

    private boolean isDecided(InOutCounts own, int inCorrect, int correct) {
        return band.isDecided(
                own.in(), inCorrect, own.out(), correct - inCorrect, plan.thresholds().influence());
    }

    private static double influence(InOutCounts own, int inCorrect, int correct) {
        return Estimate.of(InOutCounts.ofPair(own.trials(), own.in(), inCorrect, correct)).value();
    }
}
