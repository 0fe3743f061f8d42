package dev.longtail.estimators.counting;

import java.util.Arrays;

/**
 * R x C counters of inCorrect(i, j), two to an {@code int} until they might exceed 16 bits.
 *
 * <p>With H = ceil(C / 2), narrow counters (r, c) and (r, c + H) share word {@code r H + c}: the
 * first is its low half, the second its high half. So adding to 16-bit counters is adding 32-bit
 * words, which every JVM vectorises, and half the memory of wide ones. Wide counters have a word
 * each, {@code r C + c}.
 */
public final class PairCounters {

    /** Largest value of a narrow counter. */
    public static final int NARROW_MAX = 0xffff;

    private final int rows;
    private final int columns;
    private final int half;
    private int[] words;
    private boolean wide;
    private final int[] low;
    private final int[] high;

    /** Narrow counters, all 0. */
    public PairCounters(int rows, int columns) {
        this(rows, columns, false, new int[Math.toIntExact(wordCount(rows, columns, false))]);
    }

    /**
     * Counters over given words, not copied.
     *
     * @param words {@code wordCount(rows, columns, wide)} of them
     */
    PairCounters(int rows, int columns, boolean wide, int[] words) {
        this.rows = rows;
        this.columns = columns;
        this.half = half(columns);
        this.wide = wide;
        this.words = words;
        this.low = new int[half];
        this.high = new int[half];
    }

    /** H: columns from H on are in the high halves of narrow words. */
    static int half(int columns) {
        return (columns + 1) / 2;
    }

    static long wordCount(int rows, int columns, boolean wide) {
        return (long) rows * (wide ? columns : half(columns));
    }

    /** R, number of rows. */
    public int rows() {
        return rows;
    }

    /** C, number of columns. */
    public int columns() {
        return columns;
    }

    int half() {
        return half;
    }

    /** Whether every counter has a word of its own. */
    public boolean isWide() {
        return wide;
    }

    /** The words themselves. */
    int[] words() {
        return words;
    }

    /** The counter of a pair. */
    public int get(int row, int column) {
        if (wide) {
            return words[row * columns + column];
        }
        return column < half
                ? words[row * half + column] & NARROW_MAX
                : words[row * half + column - half] >>> Short.SIZE;
    }

    /** Sets the counter of a pair that is 0. */
    void put(int row, int column, int count) {
        if (wide) {
            words[row * columns + column] = count;
        } else if (column < half) {
            words[row * half + column] |= count;
        } else {
            words[row * half + column - half] |= count << Short.SIZE;
        }
    }

    /**
     * Adds sums that share words as narrow counters do.
     *
     * @param column first column, below H
     * @param packed from {@code from} on, sums of the columns from {@code column} on in the low
     *     halves, of those from {@code column + H} on in the high halves
     * @param low number of sums in low halves
     * @param high number of sums in high halves, at most {@code low}
     */
    void addPacked(int row, int column, int[] packed, int from, int low, int high) {
        if (!wide) {
            for (int i = 0; i < low; i++) {
                words[row * half + column + i] += packed[from + i];
            }
            return;
        }
        int at = row * columns + column;
        for (int i = 0; i < low; i++) {
            words[at + i] += packed[from + i] & NARROW_MAX;
        }
        for (int i = 0; i < high; i++) {
            words[at + half + i] += packed[from + i] >>> Short.SIZE;
        }
    }

    /** Gives every counter a word of its own; nothing happens to wide counters. */
    public void widen() {
        if (wide) {
            return;
        }
        int[] widened = new int[Math.toIntExact(wordCount(rows, columns, true))];
        for (int row = 0; row < rows; row++) {
            copyRow(row, widened, row * columns);
        }
        words = widened;
        wide = true;
    }

    /** Copies a row's C counters. */
    void copyRow(int row, int[] target, int at) {
        if (wide) {
            System.arraycopy(words, row * columns, target, at, columns);
            return;
        }
        // Through arrays of their own, all from index 0: JDK 17 does not vectorise other loops.
        System.arraycopy(words, row * half, low, 0, half);
        split(low, high, half);
        System.arraycopy(low, 0, target, at, half);
        System.arraycopy(high, 0, target, at + half, columns - half);
    }

    private static void split(int[] shared, int[] high, int half) {
        for (int c = 0; c < half; c++) {
            high[c] = shared[c] >>> Short.SIZE;
        }
        for (int c = 0; c < half; c++) {
            shared[c] &= NARROW_MAX;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PairCounters that
                && rows == that.rows
                && columns == that.columns
                && wide == that.wide
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
