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

    /** Columns per row that are looked at for being decided. */
    private static final int DECIDED_SAMPLE = 8;

    /** Rows from one look at the clock to the next. */
    private static final int ROWS_PER_LOOK = 8;

    private final JobPlan plan;
    private final FalsePairSums falsePairs;
    private final AnytimeBand band;
    private final Turns turns;

    TileSurvey(JobPlan plan, Turns turns) {
        this.plan = plan;
        this.turns = turns;
        this.falsePairs = new FalsePairSums(plan.thresholds().influence());
        this.band = AnytimeBand.atLevel(plan.thresholds().alpha());
    }

    TileReport survey(Tiling.Tile tile, BlockStamp stamp, TileCounts counts, TopInfluences top) {
        InfluenceScores scores = new InfluenceScores(counts);
        TileFindings findings = new TileFindings(counts.rows(), counts.columns());
        top.beginTile(scores);
        for (int row = 0; row < counts.rows(); row++) {
            if (row % ROWS_PER_LOOK == 0) {
                turns.mayEnd();
            }
            scores.read(row);
            findings.sums[row] = scores.inCorrectSum();
            InOutCounts own = counts.own(row);
            if (own.isDefined() && counts.columns() > 0) {
                survey(tile, stamp, row, own, scores, top, findings);
            }
        }
        return findings.report(tile, stamp, counts, scores.correctSum());
    }

    /** A row: a method of its own, so that the compiler has it hot after a few tiles. */
    private void survey(
            Tiling.Tile tile,
            BlockStamp stamp,
            int row,
            InOutCounts own,
            InfluenceScores scores,
            TopInfluences top,
            TileFindings findings) {
        scores.score(own);
        int best = largestColumn(own, scores);
        findings.largest[row] = (float) influence(own, scores, best);
        findings.largestTest[row] = tile.test()[best];
        top.offerRow(tile.train()[row], own);
        if (Estimate.of(own).value() >= plan.thresholds().memorization()) {
            findings.pairsPerRow[row] = collectHigh(tile, row, own, scores, findings);
            findings.expectedFalse +=
                    falsePairs.of(
                            stamp, tile.testGroup(), own.trials(), own.in(), scores.correct());
            countDecided(row, own, scores, findings);
        }
    }

    /** Looks at some columns of a row. */
    private void countDecided(
            int row, InOutCounts own, InfluenceScores scores, TileFindings findings) {
        int columns = scores.correct().length;
        int stride = Math.max(1, columns / DECIDED_SAMPLE);
        for (int c = row % stride; c < columns; c += stride) {
            findings.lookedAt++;
            findings.decided += isDecided(own, scores, c) ? 1 : 0;
        }
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
            TileFindings findings) {
        double threshold = plan.thresholds().influence();
        int bound = scores.notBelow(threshold);
        int found = 0;
        for (int c = scores.nextAtLeast(bound, 0); c >= 0; c = scores.nextAtLeast(bound, c + 1)) {
            double influence = influence(own, scores, c);
            if (influence >= threshold) {
                found++;
                findings.pairsPerTest[c] = (byte) Math.min(2, findings.pairsPerTest[c] + 1);
                findings.high.add(
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
