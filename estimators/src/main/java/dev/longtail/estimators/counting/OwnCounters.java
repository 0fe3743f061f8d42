package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;

/** Counters of the memorization of a tile's rows, over all trials and over the even ones. */
final class OwnCounters {

    private static final int IN = 0;
    private static final int IN_CORRECT = 1;
    private static final int OUT_CORRECT = 2;

    /** Arrays of the even trials follow those of all. */
    private static final int EVEN = 3;

    private static final int BITS_0_2_4 = 0x55555555;

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
     * Counts a block.
     *
     * @param firstIsEven whether the block's first trial has an even running number
     */
    void fold(TileBlock block, boolean firstIsEven) {
        int even = firstIsEven ? BITS_0_2_4 : ~BITS_0_2_4;
        for (int row = 0; row < rows; row++) {
            count(0, row, block, -1);
            count(EVEN, row, block, even);
        }
    }

    private void count(int array, int row, TileBlock block, int trials) {
        int in = 0;
        int inCorrect = 0;
        int outCorrect = 0;
        for (int at = row * block.words(); at < (row + 1) * block.words(); at++) {
            int mask = block.masks()[at] & trials;
            int correct = block.trainCorrect()[at] & trials;
            in += Integer.bitCount(mask);
            inCorrect += Integer.bitCount(mask & correct);
            outCorrect += Integer.bitCount(~mask & correct);
        }
        counters[(array + IN) * rows + row] += in;
        counters[(array + IN_CORRECT) * rows + row] += inCorrect;
        counters[(array + OUT_CORRECT) * rows + row] += outCorrect;
    }
}
