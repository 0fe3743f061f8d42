package dev.longtail.estimators.counting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one owner of the bytes of a tile's counters: the value in the job's state, and what readers
 * of queryable state receive.
 *
 * <p>All numbers are little-endian; R rows are training examples, C columns are test examples, H =
 * ceil(C / 2).
 *
 * <pre>
 *   offset          size   field
 *   0               2      format version, 1
 *   2               2      flags: bit 0 = wide pair counters
 *   4               4      R
 *   8               4      C
 *   12              4      trials
 *   16              4      even trials: those with an even running number, from 0
 *   20              4      0
 *   24              8      number of the last block counted
 *   32              4 R    in            per row: trials with the example included
 *   + 4 R           4 R    inCorrect     those right on the example itself
 *   + 8 R           4 R    outCorrect    trials without the example, right on it
 *   + 12 R          4 R    in            the same three over the even trials
 *   + 16 R          4 R    inCorrect
 *   + 20 R          4 R    outCorrect
 *   + 24 R          4 C    correct       per column: trials right on the example
 *   + 24 R + 4 C    4 R H  narrow: word r H + c = inCorrect(r, c) | inCorrect(r, c + H) &lt;&lt; 16
 *                   4 R C  wide: word r C + c = inCorrect(r, c)
 * </pre>
 */
final class TileLayout {

    static final int VERSION = 1;
    static final int WIDE = 1;

    static final int HEADER_BYTES = 32;

    /** Arrays of own counters, in the order of the table. */
    static final int OWN_ARRAYS = 6;

    private TileLayout() {}

    static long byteLength(int rows, int columns, boolean wide) {
        return HEADER_BYTES
                + (long) Integer.BYTES
                        * ((long) OWN_ARRAYS * rows
                                + columns
                                + PairCounters.wordCount(rows, columns, wide));
    }

    static int ownOffset(int rows, int array, int row) {
        return HEADER_BYTES + Integer.BYTES * (array * rows + row);
    }

    static int correctOffset(int rows, int column) {
        return HEADER_BYTES + Integer.BYTES * (OWN_ARRAYS * rows + column);
    }

    static int wordOffset(int rows, int columns, int word) {
        return correctOffset(rows, columns) + Integer.BYTES * word;
    }

    /**
     * The bytes with their order set, once header and length are what they should be.
     *
     * @throws IllegalArgumentException when they are not
     */
    static ByteBuffer checked(byte[] state) {
        if (state.length < HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "expected a tile's counters, at least %d bytes, found %d"
                            .formatted(HEADER_BYTES, state.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getShort(0) != VERSION) {
            throw new IllegalArgumentException(
                    "expected a tile's counters in format %d, found format %d; they are of another release"
                            .formatted(VERSION, bytes.getShort(0)));
        }
        long expected = byteLength(bytes.getInt(4), bytes.getInt(8), isWide(bytes));
        if (expected != state.length) {
            throw new IllegalArgumentException(
                    "expected %d bytes for a tile of %d x %d, found %d"
                            .formatted(expected, bytes.getInt(4), bytes.getInt(8), state.length));
        }
        return bytes;
    }

    static boolean isWide(ByteBuffer bytes) {
        return (bytes.getShort(2) & WIDE) != 0;
    }
}
