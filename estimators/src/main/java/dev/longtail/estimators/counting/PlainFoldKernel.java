package dev.longtail.estimators.counting;

/**
 * The kernel in plain Java, shaped for the auto-vectoriser of JDK 17: it vectorises {@code
 * Integer.bitCount} over separate {@code int[]} planes, four per pass; eight per pass, one per pass
 * or slices of one array it does not.
 *
 * <p>Columns are taken in strips and trials in chunks whose planes stay in the first-level cache
 * while all rows pass over them.
 */
final class PlainFoldKernel implements FoldKernel {

    /**
     * Columns per strip. An array of 252 ints is 1,024 bytes long with its header, so arrays that
     * are allocated one after the other share their offset within cache lines, and once the
     * vectoriser has aligned one of them, all of its loads are aligned: 1.4 times faster than 256.
     */
    private static final int STRIP = 252;

    /** Planes per chunk: with the strip, two thirds of a first-level cache of 48 KiB. */
    private static final int CHUNK = 32;

    private final int[][] strip = new int[CHUNK + 1][STRIP];

    /** One of the strip's arrays, so that it has their alignment. */
    private final int[] sums = strip[CHUNK];

    @Override
    public void fold(int[] masks, int[] planes, int words, PairCounters counters) {
        int columns = counters.columns();
        for (int firstWord = 0; firstWord < words; firstWord += CHUNK) {
            int chunk = Math.min(CHUNK, words - firstWord);
            for (int column = 0; column < columns; column += STRIP) {
                int width = Math.min(STRIP, columns - column);
                for (int w = 0; w < chunk; w++) {
                    System.arraycopy(
                            planes, (firstWord + w) * columns + column, strip[w], 0, width);
                }
                for (int row = 0; row < counters.rows(); row++) {
                    sum(masks, row * words + firstWord, chunk, width);
                    counters.add(row, column, sums, width);
                }
            }
        }
    }

    private void sum(int[] masks, int at, int chunk, int width) {
        first(masks, at, width);
        for (int w = BitColumns.WORD_QUANTUM; w < chunk; w += BitColumns.WORD_QUANTUM) {
            next(masks, at, w, width);
        }
    }

    private void first(int[] masks, int at, int width) {
        set(
                sums,
                strip[0],
                strip[1],
                strip[2],
                strip[3],
                masks[at],
                masks[at + 1],
                masks[at + 2],
                masks[at + 3],
                width);
    }

    private void next(int[] masks, int at, int w, int width) {
        add(
                sums,
                strip[w],
                strip[w + 1],
                strip[w + 2],
                strip[w + 3],
                masks[at + w],
                masks[at + w + 1],
                masks[at + w + 2],
                masks[at + w + 3],
                width);
    }

    @Override
    public String description() {
        return "plain Java";
    }

    private static void set(
            int[] sums,
            int[] p0,
            int[] p1,
            int[] p2,
            int[] p3,
            int m0,
            int m1,
            int m2,
            int m3,
            int width) {
        for (int c = 0; c < width; c++) {
            sums[c] =
                    Integer.bitCount(m0 & p0[c])
                            + Integer.bitCount(m1 & p1[c])
                            + Integer.bitCount(m2 & p2[c])
                            + Integer.bitCount(m3 & p3[c]);
        }
    }

    private static void add(
            int[] sums,
            int[] p0,
            int[] p1,
            int[] p2,
            int[] p3,
            int m0,
            int m1,
            int m2,
            int m3,
            int width) {
        for (int c = 0; c < width; c++) {
            sums[c] +=
                    Integer.bitCount(m0 & p0[c])
                            + Integer.bitCount(m1 & p1[c])
                            + Integer.bitCount(m2 & p2[c])
                            + Integer.bitCount(m3 & p3[c]);
        }
    }
}
