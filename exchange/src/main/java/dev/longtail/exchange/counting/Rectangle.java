package dev.longtail.exchange.counting;

/**
 * Some training examples times some test examples.
 *
 * @param train indices of the training examples: the rows
 * @param test indices of the test examples: the columns; none to count memorization only
 */
public record Rectangle(int[] train, int[] test) {

    private static final int[] NONE = {};

    /** The memorization of some training examples. */
    public static Rectangle ofOwn(int[] train) {
        return new Rectangle(train, NONE);
    }

    /** The indices from {@code first} to {@code end - 1}. */
    public static int[] range(int first, int end) {
        int[] indices = new int[end - first];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = first + i;
        }
        return indices;
    }

    /** Bytes that its counters take, about. */
    public long bytes() {
        return bytes(train.length, test.length);
    }

    /** Bytes that the counters of a rectangle take, about. */
    static long bytes(long rows, long columns) {
        // 16 bits per pair up to 65,535 trials, and six own counters per row.
        return 2 * rows * columns + 24 * rows + 4 * columns;
    }
}
