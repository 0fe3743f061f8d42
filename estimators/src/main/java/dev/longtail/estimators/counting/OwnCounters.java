package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;

/** Counters of the memorization of a tile's rows, over all trials and over the even ones. */
final class OwnCounters {

    private static final int IN = 0;
    private static final int IN_CORRECT = 1;
    private static final int OUT_CORRECT = 2;

    /** Arrays of the even trials follow those of all. */
    private static final int EVEN = 3;

    private static final long BITS_0_2_4 = 0x5555555555555555L;

    private final int rows;
    private final int[] counters;

    /**
     * Counters over given numbers, not copied.
     *
     * @param counters six arrays of {@code rows}, one after the other, as {@link TileLayout} says
     */
    OwnCounters(int rows, int[] counters) {
        this.rows = rows;
        this.counters = counters;
    }

    int[] counters() {
        return counters;
    }

    /**
     * Own counters with given values.
     *
     * @param all counts per row
     * @param even those of the even trials
     */
    static OwnCounters of(InOutCounts[] all, InOutCounts[] even) {
        int rows = all.length;
        OwnCounters own = new OwnCounters(rows, new int[TileLayout.OWN_ARRAYS * rows]);
        for (int row = 0; row < rows; row++) {
            own.put(0, row, all[row]);
            own.put(EVEN, row, even[row]);
        }
        return own;
    }

    private void put(int array, int row, InOutCounts counts) {
        counters[(array + IN) * rows + row] = (int) counts.in();
        counters[(array + IN_CORRECT) * rows + row] = (int) counts.inCorrect();
        counters[(array + OUT_CORRECT) * rows + row] = (int) counts.outCorrect();
    }

    /** Own counters from the words of {@link #shared}, into an array for six of {@code rows}. */
    static OwnCounters ofShared(int rows, int[] shared, int[] counters) {
        int even = EVEN * rows;
        for (int k = 0; k < even; k++) {
            counters[k] = shared[k] & PairCounters.NARROW_MAX;
            counters[even + k] = shared[k] >>> Short.SIZE;
        }
        return new OwnCounters(rows, counters);
    }

    /** Those of all trials and of the even ones two to a word, of at most 65,535 trials. */
    int[] shared() {
        int even = EVEN * rows;
        int[] shared = new int[even];
        for (int k = 0; k < even; k++) {
            shared[k] = counters[k] | counters[even + k] << Short.SIZE;
        }
        return shared;
    }

    int in(int row) {
        return counters[row];
    }

    InOutCounts of(int row, int trials) {
        return read(0, row, trials);
    }

    InOutCounts ofEven(int row, int evenTrials) {
        return read(EVEN, row, evenTrials);
    }

    private InOutCounts read(int array, int row, int trials) {
        int in = counters[(array + IN) * rows + row];
        return new InOutCounts(
                in,
                counters[(array + IN_CORRECT) * rows + row],
                trials - in,
                counters[(array + OUT_CORRECT) * rows + row]);
    }

    /**
     * Adds those of a block.
     *
     * @param added as many numbers, in the same order
     */
    void add(int[] added) {
        for (int k = 0; k < counters.length; k++) {
            counters[k] += added[k];
        }
    }

    /**
     * Counts a block's trials.
     *
     * @param masks which training examples were included
     * @param correct on which of them the model was right
     * @param examples the rows
     * @param firstIsEven whether the block's first trial has an even running number
     */
    static OwnCounters count(
            BitColumns masks, BitColumns correct, int[] examples, boolean firstIsEven) {
        int rows = examples.length;
        OwnCounters own = new OwnCounters(rows, new int[TileLayout.OWN_ARRAYS * rows]);
        long even = firstIsEven ? BITS_0_2_4 : ~BITS_0_2_4;
        for (int row = 0; row < rows; row++) {
            own.count(0, row, masks, correct, examples[row], -1L);
            own.count(EVEN, row, masks, correct, examples[row], even);
        }
        return own;
    }

    private void count(
            int array, int row, BitColumns masks, BitColumns correct, int example, long trials) {
        int in = 0;
        int inCorrect = 0;
        int outCorrect = 0;
        for (int at = 0; at < masks.longsPerColumn(); at++) {
            long isIn = masks.longWord(example, at) & trials;
            long isCorrect = correct.longWord(example, at) & trials;
            in += Long.bitCount(isIn);
            inCorrect += Long.bitCount(isIn & isCorrect);
            outCorrect += Long.bitCount(~isIn & isCorrect);
        }
        counters[(array + IN) * rows + row] = in;
        counters[(array + IN_CORRECT) * rows + row] = inCorrect;
        counters[(array + OUT_CORRECT) * rows + row] = outCorrect;
    }
}
