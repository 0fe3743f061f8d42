package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;

/**
 * Influences of one training example on all test examples of a tile in fixed point, for passing
 * over the many pairs that are below some threshold.
 *
 * <p>infl(i, j) is linear in the pair's counter: {@code a inCorrect(i, j) - b correct(j)} with
 * {@code a = 1/in + 1/out}, {@code b = 1/out}. With a and b rounded to multiples of 2^-28 that is
 * integer arithmetic, which every JVM vectorises, and it is off by at most t 2^-28: {@link
 * #notBelow} and {@link #notAbove} allow for it, so whoever looks at all pairs that pass a bound,
 * and decides each by its exact counts, misses none.
 *
 * <p>Products may wrap around; the differences that count do not, for fewer than 2^28 trials. Not
 * safe for use by several threads.
 */
public final class InfluenceScores {

    /** Score of an influence of 1. */
    private static final int ONE = 1 << 28;

    private static final int RUN = RowPasses.RUN;

    /** Columns that are passed over at once when none is outside. */
    private static final int GLANCE = 16;

    private final TileCounts tile;
    private final long trials;
    private final int[] correct;
    private final int[] inCorrect;
    private final int[] scores;
    private final int[] runLargest;
    private final int[] outside;
    private final int[] anyOutside;
    private final long correctSum;
    private final RowPasses passes;
    private long inCorrectSum;

    /**
     * Scores for a tile as it is now.
     *
     * @throws IllegalArgumentException for 2^28 trials or more
     */
    public InfluenceScores(TileCounts tile) {
        this(tile, RowPasses.best());
    }

    InfluenceScores(TileCounts tile, RowPasses passes) {
        if (tile.trials() >= ONE) {
            throw new IllegalArgumentException(
                    "expected fewer than %d trials, found %d".formatted(ONE, tile.trials()));
        }
        this.passes = passes;
        this.tile = tile;
        this.trials = tile.trials();
        this.correct = new int[tile.columns()];
        long sum = 0;
        for (int c = 0; c < correct.length; c++) {
            correct[c] = (int) tile.correct(c);
            sum += correct[c];
        }
        this.correctSum = sum;
        this.inCorrect = new int[correct.length];
        this.scores = new int[correct.length];
        this.runLargest = new int[(correct.length + RUN - 1) / RUN];
        this.outside = new int[correct.length];
        this.anyOutside = new int[runLargest.length];
    }

    /** correct(j) per column; not a copy. */
    public int[] correct() {
        return correct;
    }

    /** Sum of correct(j) over the columns. */
    public long correctSum() {
        return correctSum;
    }

    /** Goes to a row: its {@link #inCorrect} are read, its scores not yet made. */
    public void read(int row) {
        inCorrectSum = passes.read(tile.pairs(), row, inCorrect);
    }

    /** inCorrect(i, j) per column of the row; changes with {@link #read}; not a copy. */
    public int[] inCorrect() {
        return inCorrect;
    }

    /** Sum of inCorrect(i, j) over the columns. */
    public long inCorrectSum() {
        return inCorrectSum;
    }

    /**
     * Makes the row's scores.
     *
     * @param own counts of the row's example, both of whose sides have trials
     */
    public void score(InOutCounts own) {
        int a = (int) Math.round(ONE * (1.0 / own.in() + 1.0 / own.out()));
        int b = (int) Math.round(ONE * (1.0 / own.out()));
        passes.score(inCorrect, correct, a, b, scores, runLargest);
    }

    /** The row's scores; not a copy. */
    public int[] scores() {
        return scores;
    }

    /** Largest score of the row; there must be a column. */
    public int largest() {
        int largest = Integer.MIN_VALUE;
        for (int ofRun : runLargest) {
            largest = Math.max(largest, ofRun);
        }
        return largest;
    }

    /**
     * The next column whose score is at least a bound: runs of columns without such a score are
     * passed over at once.
     *
     * @param from the first column that may be it
     * @return -1 when there is none
     */
    public int nextAtLeast(int bound, int from) {
        int c = from;
        while (c < scores.length) {
            int end = Math.min((c / RUN + 1) * RUN, scores.length);
            if (runLargest[c / RUN] >= bound) {
                for (; c < end; c++) {
                    if (scores[c] >= bound) {
                        return c;
                    }
                }
            }
            c = end;
        }
        return -1;
    }

    /**
     * A score that no pair with at least this influence falls below.
     *
     * @param influence in [-1, 1]
     */
    public int notBelow(double influence) {
        return (int) (Math.floor(influence * ONE) - trials);
    }

    /**
     * A score that no pair with at most this influence exceeds.
     *
     * @param influence in [-1, 1]
     */
    public int notAbove(double influence) {
        return (int) (Math.ceil(influence * ONE) + trials);
    }

    /** A score that no pair can fall below whose influence is as large as that of a given score. */
    public int tiesWith(int score) {
        return (int) (score - 2 * trials - 2);
    }

    /**
     * Compares the row's scores with bounds of their own.
     *
     * @param lower per column
     * @param upper per column
     */
    public void compare(int[] lower, int[] upper) {
        passes.compare(scores, lower, upper, outside, anyOutside);
    }

    /**
     * The next column whose score was at least its upper bound or at most its lower one when the
     * row was compared.
     *
     * @param from the first column that may be it
     * @return -1 when there is none
     */
    public int nextOutside(int from) {
        int c = from;
        while (c < outside.length) {
            if (c % RUN == 0 && anyOutside[c / RUN] >= 0) {
                c += RUN;
            } else if (c % GLANCE == 0 && c + GLANCE <= outside.length && areAllWithin(c)) {
                c += GLANCE;
            } else if (outside[c] < 0) {
                return c;
            } else {
                c++;
            }
        }
        return -1;
    }

    /**
     * Written out: as a loop it is a chain of sixteen, or one that JVMs before 21 vectorise badly.
     */
    private boolean areAllWithin(int c) {
        int signs0 = outside[c] | outside[c + 1] | outside[c + 2] | outside[c + 3];
        int signs1 = outside[c + 4] | outside[c + 5] | outside[c + 6] | outside[c + 7];
        int signs2 = outside[c + 8] | outside[c + 9] | outside[c + 10] | outside[c + 11];
        int signs3 = outside[c + 12] | outside[c + 13] | outside[c + 14] | outside[c + 15];
        return (signs0 | signs1 | signs2 | signs3) >= 0;
    }
}
