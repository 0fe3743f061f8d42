package dev.longtail.estimators.counting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one owner of the bytes of a tile's counters: the value in the job's state, and what readers
 * of queryable state receive.
 *
 * <p>All numbers are little-endian; R rows are training examples, C columns are test examples, H =
 * ceil(C / 2), Q = ceil(H / 2).
 *
 * <pre>
 *   offset          size   field
 *   0               2      format version, 2 or 1
 *   2               2      flags: bit 0 = wide
 *   4               4      R
 *   8               4      C
 *   12              4      trials, t
 *   16              4      even trials: those with an even running number, from 0
 *   20              4      0
 *   24              8      number of the last block counted
 *
 *   wide, from 65,536 trials on; o = 32
 *   o               4 R    in            per row: trials with the example included
 *   + 4 R           4 R    inCorrect     those right on the example itself
 *   + 8 R           4 R    outCorrect    trials without the example, right on it
 *   + 12 R          4 R    in            the same three over the even trials
 *   + 16 R          4 R    inCorrect
 *   + 20 R          4 R    outCorrect
 *   + 24 R          4 C    correct       per column: trials right on the example
 *   + 24 R + 4 C    4 R C  word r C + c = inCorrect(r, c)
 *
 *   narrow
 *   o               12 R   word k = the wide form's k-th | its (3 R + k)-th &lt;&lt; 16, k &lt; 3 R
 *   + 12 R          4 C    correct
 *   + 12 R + 4 C    4 ceil(R / 32)   bit r % 32 of word r / 32 is set: row r is in bytes
 *   then row after row
 *     in bytes      4 Q    byte b of word q = inCorrect(r, c) - e + 128, e = s correct(c) &gt;&gt;&gt; 16,
 *                          s = floor(65,536 in(r) / t), c = q, q + Q, q + H, q + H + Q for b = 0
 *                          to 3; those of no column with q + Q &gt;= H or c &gt;= C mean nothing
 *     else          4 H    word c = inCorrect(r, c) | inCorrect(r, c + H) &lt;&lt; 16
 * </pre>
 *
 * <p>Format 1, which is read, too, has the wide form as above; its narrow form has 24 R bytes of
 * own counters and correct as the wide form, then all rows with 4 H bytes and no bits before them.
 */
final class TileLayout {

    static final int VERSION = 2;
    static final int FIRST_VERSION = 1;
    static final int WIDE = 1;

    static final int HEADER_BYTES = 32;

    /** Arrays of own counters, in the order of the table. */
    static final int OWN_ARRAYS = 6;

    private TileLayout() {}

    /** Largest number of bytes of a tile. */
    static long mostBytes(int rows, int columns) {
        return bytes(rows, columns, TileForm.WIDE, 0);
    }

    /**
     * Bytes of a tile.
     *
     * @param inBytes rows in bytes
     */
    static long bytes(int rows, int columns, TileForm form, int inBytes) {
        return pairsOffset(rows, columns, form)
                + Integer.BYTES * form.pairWords(rows, columns, inBytes);
    }

    static long correctOffset(int rows, TileForm form) {
        return HEADER_BYTES + Integer.BYTES * form.ownWords(rows);
    }

    static long pairsOffset(int rows, int columns, TileForm form) {
        return correctOffset(rows, form) + (long) Integer.BYTES * columns;
    }

    /**
     * The bytes that remain in a buffer, from 0 on and with their order set, once header and length
     * are what they should be. The buffer's own position stays.
     *
     * @throws IllegalArgumentException when they are not
     */
    static ByteBuffer checked(ByteBuffer state) {
        ByteBuffer bytes = state.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.capacity() < HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "expected a tile's counters, at least %d bytes, found %d"
                            .formatted(HEADER_BYTES, bytes.capacity()));
        }
        short version = bytes.getShort(0);
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalArgumentException(
                    "expected a tile's counters in format %d or %d, found format %d; they are of another release"
                            .formatted(FIRST_VERSION, VERSION, version));
        }
        long expected = expectedBytes(bytes);
        if (expected != bytes.capacity()) {
            throw new IllegalArgumentException(
                    "expected %d bytes for a tile of %d x %d, found %d"
                            .formatted(
                                    expected, bytes.getInt(4), bytes.getInt(8), bytes.capacity()));
        }
        return bytes;
    }

    private static long expectedBytes(ByteBuffer bytes) {
        int rows = bytes.getInt(4);
        int columns = bytes.getInt(8);
        TileForm form = form(bytes);
        long shortest = bytes(rows, columns, form, rows);
        if (rows < 1 || columns < 0 || shortest > bytes.capacity()) {
            return shortest;
        }
        int map = (int) pairsOffset(rows, columns, form);
        int inBytes = 0;
        for (int word = 0; word < form.mapWords(rows); word++) {
            inBytes += Integer.bitCount(bytes.getInt(map + Integer.BYTES * word));
        }
        return bytes(rows, columns, form, inBytes);
    }

    static TileForm form(ByteBuffer bytes) {
        if ((bytes.getShort(2) & WIDE) != 0) {
            return TileForm.WIDE;
        }
        return bytes.getShort(0) == FIRST_VERSION ? TileForm.FIRST_NARROW : TileForm.NARROW;
    }
}
