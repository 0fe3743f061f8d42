package dev.longtail.estimators.counting;

/**
 * Counts the bits of every word: for processors that do so for whole vectors.
 *
 * <p>{@code p & ~m ^ p} is {@code p & m}, spelt so that there are four exclusive ors: the compiler
 * lets a loop with so many be four times as long as others. With 512-bit vectors it makes one
 * instruction of the three operations.
 */
final class PlainFoldKernel extends StripFoldKernel {

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    void arrange(int[] lines, int group, int width) {
        // As they come.
    }

    @Override
    void add(int[] lines, int from, int to, int m0, int m1, int m2, int m3) {
        addPlanes(lines, from, to, m0, m1, m2, m3);
    }

    private static void addPlanes(int[] lines, int from, int to, int m0, int m1, int m2, int m3) {
        for (int c = from; c < to; c++) {
            lines[c + GROUP] =
                    lines[c]
                            + Integer.bitCount(lines[c + LINE] & ~m0 ^ lines[c + LINE])
                            + Integer.bitCount(lines[c + 2 * LINE] & ~m1 ^ lines[c + 2 * LINE])
                            + Integer.bitCount(lines[c + 3 * LINE] & m2)
                            + Integer.bitCount(lines[c + 4 * LINE] & m3)
                            + (Integer.bitCount(lines[c + 5 * LINE] & ~m0 ^ lines[c + 5 * LINE])
                                            + Integer.bitCount(
                                                    lines[c + 6 * LINE] & ~m1 ^ lines[c + 6 * LINE])
                                            + Integer.bitCount(lines[c + 7 * LINE] & m2)
                                            + Integer.bitCount(lines[c + 8 * LINE] & m3)
                                    << Short.SIZE);
        }
    }
}
