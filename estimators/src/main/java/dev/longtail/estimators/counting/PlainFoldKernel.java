package dev.longtail.estimators.counting;

import java.util.Arrays;

/**
 * The kernel in plain Java, shaped for the auto-vectoriser of JDK 17: it vectorises {@code
 * Integer.bitCount} over separate {@code int[]} planes, four per pass; eight per pass, one per pass
 * or slices of one array it does not.
 *
 * <p>Columns are taken in strips and rows in bands. The sums of a band stay in the second-level
 * cache while the planes of the strip pass by, a few at a time, and are added to the counters once.
 * Long strips matter: the vectoriser surrounds its loop with scalar iterations, some 20 per pass.
 */
final class PlainFoldKernel implements FoldKernel {

    /**
     * Columns per strip. An array of 1,276 ints is 5,120 bytes long with its header: whole cache
     * lines, so arrays that are allocated one after the other share their offset within a line, and
     * once the vectoriser has aligned one of them, all of its loads are aligned. And not a multiple
     * of 4,096, at which loads would wait for stores of another array.
     */
    private static final int STRIP = 1276;

    /** Planes per chunk, a multiple of the four that are added in one pass. */
    private static final int CHUNK = 8;

    /** Rows per band. */
    private static final int BAND = 64;

    /** The planes of a chunk, then the sums of a band; one allocation, see {@link #STRIP}. */
    private final int[][] lines = new int[CHUNK + BAND][STRIP];

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public void fold(int[] masks, int[] planes, int words, PairCounters counters) {
        for (int column = 0; column < counters.columns(); column += STRIP) {
            int width = Math.min(STRIP, counters.columns() - column);
            for (int row = 0; row < counters.rows(); row += BAND) {
                int rows = Math.min(BAND, counters.rows() - row);
                foldBand(masks, planes, words, counters, row, rows, column, width);
            }
        }
    }

    private void foldBand(
            int[] masks,
            int[] planes,
            int words,
            PairCounters counters,
            int firstRow,
            int rows,
            int column,
            int width) {
        for (int word = 0; word < words; word += CHUNK) {
            int chunk = Math.min(CHUNK, words - word);
            for (int w = 0; w < chunk; w++) {
                System.arraycopy(
                        planes, (word + w) * counters.columns() + column, lines[w], 0, width);
            }
            for (int row = 0; row < rows; row++) {
                int[] sums = lines[CHUNK + row];
                if (word == 0) {
                    Arrays.fill(sums, 0, width, 0);
                }
                for (int w = 0; w < chunk; w += BitColumns.WORD_QUANTUM) {
                    int at = (firstRow + row) * words + word + w;
                    add(
                            sums,
                            lines[w],
                            lines[w + 1],
                            lines[w + 2],
                            lines[w + 3],
                            masks[at],
                            masks[at + 1],
                            masks[at + 2],
                            masks[at + 3],
                            width);
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            counters.add(firstRow + row, column, lines[CHUNK + row], width);
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
