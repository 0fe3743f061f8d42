package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.InfluenceScores;
import java.util.Arrays;

/**
 * The most helpful and the most harmful training examples of each test example of a group, over the
 * tiles that were offered. Not safe for use by several threads.
 *
 * <p>Per test example and sign there is a list with room for twice {@code most} pairs. What is
 * stronger than its floor is appended; a full list keeps its strongest {@code most}, the weakest of
 * which is the new floor. That costs a few comparisons per pair kept, where a heap takes some per
 * level, hardly one of which a processor can foresee. Of equally strong ones at the floor any may
 * be kept. Nearly all pairs are passed over because their scores stay within their bounds.
 */
final class TopInfluences {

    private final int testGroup;
    private final BlockStamp stamp;
    private final int most;
    private final int room;
    private final int[] sizes;
    private final double[] strengths;
    private final int[] rows;
    private final int[] includedCorrect;
    private final double[] floors;
    private final int[] harmful;
    private final int[] helpful;
    private final OfferedRows offered = new OfferedRows();
    private InfluenceScores scores;
    private int tiles;

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
        this.room = 2 * most;
        this.sizes = new int[2 * tests];
        int slots = Math.multiplyExact(2 * tests, room);
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
        int row = offered.add(train, own);
        scores.compare(harmful, helpful);
        for (int c = scores.nextOutside(0); c >= 0; c = scores.nextOutside(c + 1)) {
            offer(row, own, c);
        }
    }

    private void offer(int row, InOutCounts own, int c) {
        int inCorrect = scores.inCorrect()[c];
        double a = 1.0 / own.in() + 1.0 / own.out();
        double b = 1.0 / own.out();
        double influence = a * inCorrect - b * scores.correct()[c];
        if (influence > floors[2 * c]) {
            if (append(2 * c, influence, row, inCorrect)) {
                helpful[c] = scores.notBelow(floors[2 * c]);
            }
        } else if (-influence > floors[2 * c + 1]) {
            if (append(2 * c + 1, -influence, row, inCorrect)) {
                harmful[c] = scores.notAbove(-floors[2 * c + 1]);
            }
        }
    }

    /** Whether the list has a new floor now. */
    private boolean append(int list, double strength, int row, int inCorrect) {
        int slot = list * room + sizes[list]++;
        strengths[slot] = strength;
        rows[slot] = row;
        includedCorrect[slot] = inCorrect;
        if (sizes[list] < room) {
            return false;
        }
        keepStrongest(list);
        return true;
    }

    /** Hoare's selection of the strongest of a list that has more of them. */
    private void keepStrongest(int list) {
        int weakest = list * room + most - 1;
        int left = list * room;
        int right = left + sizes[list] - 1;
        while (left < right) {
            double pivot = strengths[(left + right) >>> 1];
            int i = left;
            int j = right;
            while (i <= j) {
                while (strengths[i] > pivot) {
                    i++;
                }
                while (strengths[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (weakest <= j) {
                right = j;
            } else if (weakest >= i) {
                left = i;
            } else {
                break;
            }
        }
        sizes[list] = most;
        floors[list] = strengths[weakest];
    }

    private void swap(int i, int j) {
        double strength = strengths[i];
        strengths[i] = strengths[j];
        strengths[j] = strength;
        int row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
        int inCorrect = includedCorrect[i];
        includedCorrect[i] = includedCorrect[j];
        includedCorrect[j] = inCorrect;
    }

    /** What was found in the tiles offered. */
    TopReport report() {
        int filled = 0;
        for (int list = 0; list < sizes.length; list++) {
            if (sizes[list] > most) {
                keepStrongest(list);
            }
            filled += sizes[list];
        }
        int[] places = new int[filled];
        int[] trains = new int[filled];
        int[] counters = new int[filled * TopReport.COUNTERS];
        int kept = 0;
        for (int list = 0; list < sizes.length; list++) {
            for (int slot = list * room; slot < list * room + sizes[list]; slot++) {
                int row = rows[slot];
                places[kept] = list / 2;
                trains[kept] = offered.train(row);
                int at = kept * TopReport.COUNTERS;
                counters[at] = offered.in(row);
                counters[at + 1] = offered.inCorrect(row);
                counters[at + 2] = offered.outCorrect(row);
                counters[at + 3] = includedCorrect[slot];
                counters[at + 4] = scores.correct()[list / 2];
                kept++;
            }
        }
        return new TopReport(testGroup, stamp, tiles, places, trains, counters);
    }
}
