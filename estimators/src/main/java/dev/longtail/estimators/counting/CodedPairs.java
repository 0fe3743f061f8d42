package dev.longtail.estimators.counting;

import java.util.Arrays;

/**
 * Narrow pair counters of a tile as they are stored, in words: first a bit per row, row r's being
 * bit {@code r % 32} of word {@code r / 32}, then the rows. A row whose bit is set is a {@link
 * ResidualRow} of Q words; any other has the H words of {@link PairCounters}.
 */
final class CodedPairs {

    private CodedPairs() {}

    /** Words of the bits of R rows. */
    static int mapWords(int rows) {
        return (rows + Integer.SIZE - 1) / Integer.SIZE;
    }

    /** Most words: no row in bytes. */
    static long mostWords(int rows, int columns) {
        return mapWords(rows) + PairCounters.wordCount(rows, columns, false);
    }

    /**
     * Words of all.
     *
     * @param inBytes rows whose bit is set
     */
    static long words(int rows, int columns, int inBytes) {
        return mostWords(rows, columns)
                - (long) inBytes * (PairCounters.half(columns) - ResidualRow.wordCount(columns));
    }

    static boolean isInBytes(int row, int mapWord) {
        return (mapWord >>> row % Integer.SIZE & 1) != 0;
    }

    /**
     * Codes all rows.
     *
     * @param target receives them from index 0 on; room for {@link #mostWords}
     * @return how many words they take
     */
    static int encode(
            PairCounters pairs, OwnCounters own, int[] correct, int trials, int[] target) {
        ResidualRow row = new ResidualRow(correct);
        int half = pairs.half();
        int quarter = ResidualRow.wordCount(pairs.columns());
        int map = mapWords(pairs.rows());
        Arrays.fill(target, 0, map, 0);
        int to = map;
        for (int r = 0; r < pairs.rows(); r++) {
            int share = ResidualRow.share(own.in(r), trials);
            if (row.encode(share, pairs.words(), r * half, target, to)) {
                target[r / Integer.SIZE] |= 1 << r % Integer.SIZE;
                to += quarter;
            } else {
                System.arraycopy(pairs.words(), r * half, target, to, half);
                to += half;
            }
        }
        return to;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param coded from index 0 on
     * @param words receives the R H words of {@link PairCounters}
     */
    static void decode(
            int[] coded, OwnCounters own, int[] correct, int rows, int trials, int[] words) {
        ResidualRow row = new ResidualRow(correct);
        int half = PairCounters.half(correct.length);
        int quarter = ResidualRow.wordCount(correct.length);
        int from = mapWords(rows);
        for (int r = 0; r < rows; r++) {
            if (isInBytes(r, coded[r / Integer.SIZE])) {
                int share = ResidualRow.share(own.in(r), trials);
                row.decode(share, coded, from, words, r * half);
                from += quarter;
            } else {
                System.arraycopy(coded, from, words, r * half, half);
                from += half;
            }
        }
    }
}
