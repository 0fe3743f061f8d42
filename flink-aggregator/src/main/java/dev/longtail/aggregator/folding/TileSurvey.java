package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.InfluenceScores;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.Tiling;

/**
 * One pass over all pairs of a tile for a publication. Not safe for use by several threads.
 *
 * <p>All pairs are passed over by {@link InfluenceScores}; what comes near a threshold is decided
 * by {@link Estimate}, so that the result is the same to the last bit.
 */
final class TileSurvey {

    /** High-influence pairs that a tile reports; only few trials make more. */
    static final int MOST_PAIRS = 8192;

    /** Columns per row that are looked at for being decided. */
    private static final int DECIDED_SAMPLE = 8;

    private final JobPlan plan;
    private final FalsePairSums falsePairs;
    private final AnytimeBand band;

    TileSurvey(JobPlan plan) {
        this.plan = plan;
        this.falsePairs = new FalsePairSums(plan.thresholds().influence());
        this.band = AnytimeBand.atLevel(plan.thresholds().alpha());
    }

    TileReport survey(Tiling.Tile tile, BlockStamp stamp, TileCounts counts, TopInfluences top) {
        int columns = counts.columns();
        int rows = counts.rows();
        InfluenceScores scores = new InfluenceScores(counts);
        top.beginTile(scores);
        long[] sums = new long[rows];
        float[] largest = new float[rows];
        int[] largestTest = new int[rows];
        int[] pairsPerRow = new int[rows];
        byte[] pairsPerTest = new byte[columns];
        HighPairCollector high = new HighPairCollector(MOST_PAIRS);
        double expectedFalse = 0;
        long lookedAt = 0;
        long decided = 0;
        for (int row = 0; row < rows; row++) {
            scores.read(row);
            sums[row] = scores.inCorrectSum();
            InOutCounts own = counts.own(row);
            largest[row] = Float.NaN;
            largestTest[row] = -1;
            if (!own.isDefined() || columns == 0) {
                continue;
            }
            scores.score(own);
            int best = largestColumn(own, scores);
            largest[row] = (float) influence(own, scores, best);
            largestTest[row] = tile.test()[best];
            top.offerRow(tile.train()[row], own);
            if (Estimate.of(own).value() >= plan.thresholds().memorization()) {
                pairsPerRow[row] = collectHigh(tile, row, own, scores, high, pairsPerTest);
                expectedFalse +=
                        falsePairs.of(
                                stamp,
                                tile.testGroup(),
                                counts.trials(),
                                own.in(),
                                scores.correct());
                int stride = Math.max(1, columns / DECIDED_SAMPLE);
                for (int c = row % stride; c < columns; c += stride) {
                    lookedAt++;
                    decided += isDecided(own, scores, c) ? 1 : 0;
                }
            }
        }
        return new TileReport(
                tile.trainGroup(),
                tile.id(),
                stamp,
                RowCounters.of(counts),
                columns,
                scores.correctSum(),
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

    /** The first column of the largest influence. */
    private static int largestColumn(InOutCounts own, InfluenceScores scores) {
        int bound = scores.tiesWith(scores.largest());
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = scores.nextAtLeast(bound, 0); c >= 0; c = scores.nextAtLeast(bound, c + 1)) {
            double influence = influence(own, scores, c);
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
            InfluenceScores scores,
            HighPairCollector high,
            byte[] pairsPerTest) {
        double threshold = plan.thresholds().influence();
        int bound = scores.notBelow(threshold);
        int found = 0;
        for (int c = scores.nextAtLeast(bound, 0); c >= 0; c = scores.nextAtLeast(bound, c + 1)) {
            double influence = influence(own, scores, c);
            if (influence >= threshold) {
                found++;
                pairsPerTest[c] = (byte) Math.min(2, pairsPerTest[c] + 1);
                high.add(
                        influence, row, tile.test()[c], scores.inCorrect()[c], scores.correct()[c]);
            }
        }
        return found;
    }

    private boolean isDecided(InOutCounts own, InfluenceScores scores, int column) {
        int inCorrect = scores.inCorrect()[column];
        return band.isDecided(
                own.in(),
                inCorrect,
                own.out(),
                scores.correct()[column] - inCorrect,
                plan.thresholds().influence());
    }

    private static double influence(InOutCounts own, InfluenceScores scores, int column) {
        return Estimate.of(
                        InOutCounts.ofPair(
                                own.trials(),
                                own.in(),
                                scores.inCorrect()[column],
                                scores.correct()[column]))
                .value();
    }
}
