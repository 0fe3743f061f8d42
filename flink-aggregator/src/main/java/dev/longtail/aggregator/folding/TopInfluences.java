package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.InfluenceScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The most helpful and the most harmful training examples of each test example of a group, over the
 * tiles that were offered. Not safe for use by several threads.
 *
 * <p>Per test example and sign there is a heap of {@code most} slots, empty ones with strength 0,
 * its weakest on top. A slot is small, because the heaps of a tile's columns should fit the cache.
 * Nearly all pairs are passed over in runs of columns whose scores stay within all their bounds.
 */
final class TopInfluences {

    /** Columns that are passed over at once. */
    private static final int RUN = 64;

    private final int testGroup;
    private final BlockStamp stamp;
    private final int most;
    private final double[] strengths;
    private final int[] rows;
    private final int[] includedCorrect;
    private final double[] floors;
    private final List<Row> offered = new ArrayList<>();
    private final int[] harmful;
    private final int[] helpful;
    private InfluenceScores scores;
    private int tiles;

    private record Row(int train, InOutCounts own) {}

    /**
     * Nothing offered yet.
     *
     * @param tests number of test examples in the group
     * @param most kept per test example and sign
     */
    TopInfluences(int testGroup, int tests, BlockStamp stamp, int most) {
        this.testGroup = testGroup;
        this.stamp = stamp;
        this.most = most;
        int slots = Math.multiplyExact(2 * tests, most);
        this.strengths = new double[slots];
        this.rows = new int[slots];
        this.includedCorrect = new int[slots];
        this.floors = new double[2 * tests];
        this.harmful = new int[tests];
        this.helpful = new int[tests];
    }

    BlockStamp stamp() {
        return stamp;
    }

    int tiles() {
        return tiles;
    }

    /**
     * Begins another tile of the group.
     *
     * @param ofTile its scores: of as many trials as those of the tiles before
     */
    void beginTile(InfluenceScores ofTile) {
        scores = ofTile;
        if (tiles == 0) {
            Arrays.fill(helpful, scores.notBelow(0));
            Arrays.fill(harmful, scores.notAbove(0));
        }
        tiles++;
    }

    /**
     * Offers all pairs of the training example whose scores stand ready.
     *
     * @param own its counts, both of whose sides have trials
     */
    void offerRow(int train, InOutCounts own) {
        int row = offered.size();
        offered.add(new Row(train, own));
        for (int from = 0; from < helpful.length; from += RUN) {
            int to = Math.min(from + RUN, helpful.length);
            if (scores.isAnyOutside(harmful, helpful, from, to)) {
                offer(row, own, from, to);
            }
        }
    }

    private void offer(int row, InOutCounts own, int from, int to) {
        double a = 1.0 / own.in() + 1.0 / own.out();
        double b = 1.0 / own.out();
        for (int c = from; c < to; c++) {
            int inCorrect = scores.inCorrect()[c];
            double influence = a * inCorrect - b * scores.correct()[c];
            if (influence > floors[2 * c]) {
                put(2 * c, influence, row, inCorrect);
                helpful[c] = scores.notBelow(floors[2 * c]);
            } else if (-influence > floors[2 * c + 1]) {
                put(2 * c + 1, -influence, row, inCorrect);
                harmful[c] = scores.notAbove(-floors[2 * c + 1]);
            }
        }
    }

    /** Replaces the weakest of a list and lets the new one sink to its place in the heap. */
    private void put(int list, double strength, int row, int inCorrect) {
        int first = list * most;
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= most) {
                break;
            }
            if (child + 1 < most && strengths[first + child + 1] < strengths[first + child]) {
                child++;
            }
            if (strengths[first + child] >= strength) {
                break;
            }
            strengths[first + hole] = strengths[first + child];
            rows[first + hole] = rows[first + child];
            includedCorrect[first + hole] = includedCorrect[first + child];
            hole = child;
        }
        strengths[first + hole] = strength;
        rows[first + hole] = row;
        includedCorrect[first + hole] = inCorrect;
        floors[list] = strengths[first];
    }

    /** What was found in the tiles offered. */
    TopReport report() {
        int filled = (int) Arrays.stream(strengths).filter(strength -> strength > 0).count();
        int[] places = new int[filled];
        int[] trains = new int[filled];
        int[] counters = new int[filled * TopReport.COUNTERS];
        int kept = 0;
        for (int slot = 0; slot < strengths.length; slot++) {
            if (strengths[slot] > 0) {
                Row row = offered.get(rows[slot]);
                places[kept] = slot / most / 2;
                trains[kept] = row.train;
                int at = kept * TopReport.COUNTERS;
                counters[at] = (int) row.own.in();
                counters[at + 1] = (int) row.own.inCorrect();
                counters[at + 2] = (int) row.own.outCorrect();
                counters[at + 3] = includedCorrect[slot];
                counters[at + 4] = scores.correct()[places[kept]];
                kept++;
            }
        }
        return new TopReport(testGroup, stamp, tiles, places, trains, counters);
    }
}
