package dev.longtail.estimators.counting;

import static dev.longtail.estimators.counting.SubsetSumTables.ENTRIES;
import static dev.longtail.estimators.counting.SubsetSumTables.ENTRY;
import static dev.longtail.estimators.counting.SubsetSumTables.LANES;
import static dev.longtail.estimators.counting.SubsetSumTables.SPECIES;
import static dev.longtail.estimators.counting.SubsetSumTables.TABLE;
import static dev.longtail.estimators.counting.SubsetSumTables.TABLES_PER_WORD;
import static dev.longtail.estimators.counting.SubsetSumTables.TRIALS;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Looks up what four trials add to 128 columns at once, by which of them included the row: the
 * method of the four Russians (Arlazarov, Dinic, Kronrod, Faradzev 1970), for vectors of 256 bits
 * that do not count bits. Loaded only where {@link VectorApi} allows it.
 *
 * <p>What is looked up has a byte per column ({@link SubsetSumTables}) and is added in bytes over
 * {@value #CHUNK} words of trials. The four columns of a word are the q-th of four quarters of the
 * tile, q, q + Q, q + H and q + H + Q with Q = ceil(H / 2): its even bytes are a word of {@link
 * PairCounters} and its odd bytes another one.
 */
final class FourRussiansFoldKernel extends PackedFoldKernel {

    /** Words of trials whose tables stand ready at once: 32 KiB. */
    private static final int WORDS = 2;

    /** Words of trials whose sums are bytes: 192 trials. */
    private static final int CHUNK = 3 * WORDS;

    /** Rows whose byte sums are kept at once: 64 KiB. */
    private static final int MOST_ROWS = 512;

    /** Where tables begin: with the array's header of 16 bytes, a whole cache line. */
    private static final int TABLES_AT = 12;

    private static final int SUMS_AT = TABLES_AT + WORDS * TABLES_PER_WORD * TABLE;
    private static final int PACKED_SUMS_AT = SUMS_AT + MOST_ROWS * ENTRY;

    /** Four MiB, so that G1 lets it begin at a cache line: see {@link StripFoldKernel}. */
    private static final int LENGTH = 1 << 20;

    /** Ints of the packed sums of the rows for 128 columns. */
    private static final int PACKED_SUMS = MOST_ROWS * 2 * ENTRY;

    /** Times 128 columns whose packed sums are kept at once. */
    private static final int MOST_BLOCKS = (LENGTH - PACKED_SUMS_AT) / PACKED_SUMS;

    private static final int NIBBLE = ENTRIES - 1;
    private static final int EVEN_BYTES = 0x00ff00ff;

    private final int[] lines = new int[LENGTH];
    private int[] quarters = new int[0];
    private int[] masksByWords = new int[0];

    @Override
    public String description() {
        return "Vector API, tables of %d trials, %d-bit vectors"
                .formatted(TRIALS, SPECIES.vectorBitSize());
    }

    @Override
    void addTrials(
            int[] masks,
            int[] planes,
            int words,
            int first,
            int end,
            PairCounters shape,
            int[] packed) {
        if (end == first) {
            return;
        }
        int quarter = (shape.half() + 1) / 2;
        int stride = (quarter + ENTRY - 1) / ENTRY * ENTRY;
        layOutQuarters(planes, first, end, shape, quarter, stride);
        layOutMasks(masks, words, first, end, shape.rows());
        for (int row = 0; row < shape.rows(); row += MOST_ROWS) {
            int rows = Math.min(MOST_ROWS, shape.rows() - row);
            for (int column = 0; column < quarter; column += MOST_BLOCKS * ENTRY) {
                int to = Math.min(quarter, column + MOST_BLOCKS * ENTRY);
                int at = PACKED_SUMS_AT;
                for (int c = column; c < to; c += ENTRY) {
                    sumTrials(end - first, c, stride, row, rows, shape.rows(), at);
                    at += PACKED_SUMS;
                }
                addSums(
                        rows,
                        to - column,
                        packed,
                        row * shape.half() + column,
                        shape.half(),
                        quarter);
            }
        }
    }

    /**
     * Sums all trials for 128 columns and some rows.
     *
     * @param words of trials, at least one
     * @param column the first one's quarter
     * @param at where the packed sums go
     */
    private void sumTrials(
            int words, int column, int stride, int row, int rows, int allRows, int at) {
        for (int word = 0; word < words; word += CHUNK) {
            int chunk = Math.min(CHUNK, words - word);
            for (int w = word; w < word + chunk; w += WORDS) {
                makeTables(w, column, stride);
                addEntries(w * allRows + WORDS * row, rows);
            }
            if (word == 0) {
                packFirstSums(rows, at);
            } else {
                packSums(rows, at);
            }
        }
    }

    /** Word by word the four quarters of the planes, each padded with columns of zeros. */
    private void layOutQuarters(
            int[] planes, int first, int end, PairCounters shape, int quarter, int stride) {
        int half = shape.half();
        int high = shape.columns() - half;
        int highQuarter = Math.min(quarter, high);
        int length = (end - first) * 4 * stride;
        if (quarters.length < length) {
            quarters = new int[length];
        }
        if (4 * stride != shape.columns()) {
            Arrays.fill(quarters, 0, length, 0);
        }
        int to = 0;
        for (int w = first; w < end; w++) {
            int from = w * shape.columns();
            System.arraycopy(planes, from, quarters, to, quarter);
            to += stride;
            System.arraycopy(planes, from + quarter, quarters, to, half - quarter);
            to += stride;
            System.arraycopy(planes, from + half, quarters, to, highQuarter);
            to += stride;
            System.arraycopy(planes, from + half + highQuarter, quarters, to, high - highQuarter);
            to += stride;
            SubsetSumTables.transpose(quarters, to - 4 * stride, stride);
        }
    }

    /** Two words of trials after the other, the masks of all rows. */
    private void layOutMasks(int[] masks, int words, int first, int end, int rows) {
        int length = (end - first) * rows;
        if (masksByWords.length < length) {
            masksByWords = new int[length];
        }
        for (int row = 0; row < rows; row++) {
            for (int w = first; w < end; w += WORDS) {
                int to = (w - first) * rows + WORDS * row;
                masksByWords[to] = masks[row * words + w];
                masksByWords[to + 1] = masks[row * words + w + 1];
            }
        }
    }

    private void makeTables(int word, int column, int stride) {
        int at = TABLES_AT;
        for (int w = word; w < word + WORDS; w++) {
            SubsetSumTables.make(lines, at, quarters, w * 4 * stride + column, stride);
            at += TABLES_PER_WORD * TABLE;
        }
    }

    /** Adds what two words of trials add to the byte sums of some rows. */
    private void addEntries(int from, int rows) {
        int[] all = lines;
        int[] masks = masksByWords;
        for (int row = 0; row < rows; row++) {
            int low = masks[from + WORDS * row];
            int high = masks[from + WORDS * row + 1];
            int at = SUMS_AT + row * ENTRY;
            IntVector s0 = IntVector.fromArray(SPECIES, all, at);
            IntVector s1 = IntVector.fromArray(SPECIES, all, at + LANES);
            IntVector s2 = IntVector.fromArray(SPECIES, all, at + 2 * LANES);
            IntVector s3 = IntVector.fromArray(SPECIES, all, at + 3 * LANES);
            // Written out: the compiler of JDK 17 does not unroll loops over vectors.
            int e;
            e = TABLES_AT + (low & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + TABLE + (low >>> 4 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 2 * TABLE + (low >>> 8 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 3 * TABLE + (low >>> 12 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 4 * TABLE + (low >>> 16 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 5 * TABLE + (low >>> 20 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 6 * TABLE + (low >>> 24 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 7 * TABLE + (low >>> 28 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 8 * TABLE + (high & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 9 * TABLE + (high >>> 4 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 10 * TABLE + (high >>> 8 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 11 * TABLE + (high >>> 12 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 12 * TABLE + (high >>> 16 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 13 * TABLE + (high >>> 20 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 14 * TABLE + (high >>> 24 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            e = TABLES_AT + 15 * TABLE + (high >>> 28 & NIBBLE) * ENTRY;
            s0 = s0.add(IntVector.fromArray(SPECIES, all, e));
            s1 = s1.add(IntVector.fromArray(SPECIES, all, e + LANES));
            s2 = s2.add(IntVector.fromArray(SPECIES, all, e + 2 * LANES));
            s3 = s3.add(IntVector.fromArray(SPECIES, all, e + 3 * LANES));
            s0.intoArray(all, at);
            s1.intoArray(all, at + LANES);
            s2.intoArray(all, at + 2 * LANES);
            s3.intoArray(all, at + 3 * LANES);
        }
    }

    /** Makes packed sums, two to a word, of the byte sums, which become 0. */
    private void packFirstSums(int rows, int at) {
        IntVector zero = IntVector.zero(SPECIES);
        for (int row = 0; row < rows; row++) {
            int from = SUMS_AT + row * ENTRY;
            int to = at + row * 2 * ENTRY;
            for (int v = 0; v < ENTRY; v += LANES) {
                IntVector sums = IntVector.fromArray(SPECIES, lines, from + v);
                sums.and(EVEN_BYTES).intoArray(lines, to + v);
                sums.lanewise(VectorOperators.LSHR, Byte.SIZE)
                        .and(EVEN_BYTES)
                        .intoArray(lines, to + ENTRY + v);
                zero.intoArray(lines, from + v);
            }
        }
    }

    /** Adds the byte sums to the packed ones and makes them 0. */
    private void packSums(int rows, int at) {
        IntVector zero = IntVector.zero(SPECIES);
        for (int row = 0; row < rows; row++) {
            int from = SUMS_AT + row * ENTRY;
            int to = at + row * 2 * ENTRY;
            for (int v = 0; v < ENTRY; v += LANES) {
                IntVector sums = IntVector.fromArray(SPECIES, lines, from + v);
                IntVector.fromArray(SPECIES, lines, to + v)
                        .add(sums.and(EVEN_BYTES))
                        .intoArray(lines, to + v);
                IntVector.fromArray(SPECIES, lines, to + ENTRY + v)
                        .add(sums.lanewise(VectorOperators.LSHR, Byte.SIZE).and(EVEN_BYTES))
                        .intoArray(lines, to + ENTRY + v);
                zero.intoArray(lines, from + v);
            }
        }
    }

    /**
     * Adds the packed sums to the counters, row by row, so that these come into the caches in
     * order.
     *
     * @param columns how many columns of the first quarter
     * @param at of the first row's counter of the first of them
     */
    private void addSums(int rows, int columns, int[] packed, int at, int half, int quarter) {
        for (int row = 0; row < rows; row++) {
            int from = PACKED_SUMS_AT + row * 2 * ENTRY;
            int to = at + row * half;
            for (int c = 0; c < columns; c += ENTRY) {
                addSums(from, packed, to + c);
                addSums(from + ENTRY, packed, to + c + quarter);
                from += PACKED_SUMS;
            }
        }
    }

    private void addSums(int from, int[] packed, int to) {
        if (to + ENTRY <= packed.length) {
            // Lanes without a column add 0 to the counters that come next.
            for (int v = 0; v < ENTRY; v += LANES) {
                IntVector.fromArray(SPECIES, packed, to + v)
                        .add(IntVector.fromArray(SPECIES, lines, from + v))
                        .intoArray(packed, to + v);
            }
        } else {
            for (int c = 0; to + c < packed.length; c++) {
                packed[to + c] += lines[from + c];
            }
        }
    }
}
