package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.Tiling;
import java.util.Arrays;

/** What a {@link TileSurvey} finds while it goes from row to row. */
final class TileFindings {

    /** High-influence pairs that a tile reports; only few trials make more. */
    static final int MOST_PAIRS = 8192;

    /** Sum of inCorrect(i, j) per row. */
    final long[] sums;

    /** Largest influence per row, NaN where it is undefined. */
    final float[] largest;

    /** Its test example, -1 where it is undefined. */
    final int[] largestTest;

    /** High-influence pairs per row. */
    final int[] pairsPerRow;

    /** High-influence pairs per column, 2 for two or more. */
    final byte[] pairsPerTest;

    final HighPairCollector high = new HighPairCollector(MOST_PAIRS);

    /** Expected number of pairs that pass for high ones by chance. */
    double expectedFalse;

    /** Pairs that were looked at for being decided. */
    long lookedAt;

    /** Those of them that are. */
    long decided;

    TileFindings(int rows, int columns) {
        sums = new long[rows];
        largest = new float[rows];
        Arrays.fill(largest, Float.NaN);
        largestTest = new int[rows];
        Arrays.fill(largestTest, -1);
        pairsPerRow = new int[rows];
        pairsPerTest = new byte[columns];
    }

    /**
     * All of it.
     *
     * @param correctSum sum of correct(j) over the columns
     */
    TileReport report(Tiling.Tile tile, BlockStamp stamp, TileCounts counts, long correctSum) {
        return new TileReport(
                tile.trainGroup(),
                tile.id(),
                stamp,
                RowCounters.of(counts),
                counts.columns(),
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
}
