package dev.longtail.estimators.counting;

/**
 * Transposes 64 x 64 bit matrices in place: six rounds that swap ever smaller off-diagonal squares.
 *
 * @see <a href="https://en.wikipedia.org/wiki/In-place_matrix_transposition">divide and conquer on
 *     square matrices</a>
 */
final class BitTransposition {

    /** Rows and columns of the matrices. */
    static final int SIZE = Long.SIZE;

    private BitTransposition() {}

    /**
     * Transposes.
     *
     * @param matrix 64 rows; element (r, c) is bit c, least significant first, of {@code matrix[r]}
     */
    static void transpose(long[] matrix) {
        long lower = -1L >>> SIZE / 2;
        for (int width = SIZE / 2; width != 0; width >>>= 1, lower ^= lower << width) {
            for (int row = 0; row < SIZE; row = (row + width + 1) & -width - 1) {
                long swapped = (matrix[row] >>> width ^ matrix[row + width]) & lower;
                matrix[row] ^= swapped << width;
                matrix[row + width] ^= swapped;
            }
        }
    }
}
