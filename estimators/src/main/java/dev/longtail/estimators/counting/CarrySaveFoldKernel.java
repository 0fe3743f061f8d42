package dev.longtail.estimators.counting;

/**
 * Adds the bits of eight words with full and half adders before it counts any (Harley and Seal;
 * Warren, "Hacker's Delight", 2nd edition, section 5-1): for processors that count the bits of one
 * register at a time, but do logic on vectors.
 *
 * <p>A word of a plane holds 16 trials of a column in its low half and the same trials of the
 * column that shares its counters in its high half, so that the bits of both are counted at once
 * and the sums are the counters' words.
 */
final class CarrySaveFoldKernel extends StripFoldKernel {

    private static final int LOW_HALF = 0xffff;
    private static final int BOTH_HALVES = 0x10001;

    /** Every other bit, pair of bits, and so on. */
    private static final int BITS = 0x55555555;

    private static final int PAIRS = 0x33333333;
    private static final int FOURS = 0x0f0f0f0f;
    private static final int BYTES = 0x00ff00ff;

    @Override
    public String description() {
        return "plain Java, carry-save adders";
    }

    @Override
    void arrange(int[] lines, int group, int width) {
        for (int line = group + LINE; line < group + (1 + WORDS) * LINE; line += LINE) {
            for (int c = line; c < line + width; c++) {
                int low = lines[c];
                int high = lines[c + WORDS * LINE];
                lines[c] = low & LOW_HALF | high << Short.SIZE;
                lines[c + WORDS * LINE] = low >>> Short.SIZE | high & ~LOW_HALF;
            }
        }
    }

    @Override
    void add(int[] lines, int from, int to, int m0, int m1, int m2, int m3) {
        addPlanes(
                lines,
                from,
                to,
                (m0 & LOW_HALF) * BOTH_HALVES,
                (m1 & LOW_HALF) * BOTH_HALVES,
                (m2 & LOW_HALF) * BOTH_HALVES,
                (m3 & LOW_HALF) * BOTH_HALVES,
                (m0 >>> Short.SIZE) * BOTH_HALVES,
                (m1 >>> Short.SIZE) * BOTH_HALVES,
                (m2 >>> Short.SIZE) * BOTH_HALVES,
                (m3 >>> Short.SIZE) * BOTH_HALVES);
    }

    private static void addPlanes(
            int[] lines,
            int from,
            int to,
            int m0,
            int m1,
            int m2,
            int m3,
            int m4,
            int m5,
            int m6,
            int m7) {
        for (int c = from; c < to; c++) {
            int x0 = lines[c + LINE] & m0;
            int x1 = lines[c + 2 * LINE] & m1;
            int x2 = lines[c + 3 * LINE] & m2;
            int x3 = lines[c + 4 * LINE] & m3;
            int x4 = lines[c + 5 * LINE] & m4;
            int x5 = lines[c + 6 * LINE] & m5;
            int x6 = lines[c + 7 * LINE] & m6;
            int x7 = lines[c + 8 * LINE] & m7;

            // Full adders of three, half adders of two; what they carry has twice the weight.
            int a = x0 ^ x1;
            int ones0 = a ^ x2;
            int twos0 = x0 & x1 | a & x2;
            int b = x3 ^ x4;
            int ones1 = b ^ x5;
            int twos1 = x3 & x4 | b & x5;
            int d = ones0 ^ ones1;
            int ones2 = d ^ x6;
            int twos2 = ones0 & ones1 | d & x6;
            int ones = ones2 ^ x7;
            int twos3 = ones2 & x7;
            int e = twos0 ^ twos1;
            int twos4 = e ^ twos2;
            int fours0 = twos0 & twos1 | e & twos2;
            int twos = twos4 ^ twos3;
            int fours1 = twos4 & twos3;
            int fours = fours0 ^ fours1;
            int eights = fours0 & fours1;

            // Numbers of two bits, of four, of eight, of sixteen.
            int evenLow = ones & BITS | (twos & BITS) << 1;
            int oddLow = ones >>> 1 & BITS | twos & ~BITS;
            int evenHigh = fours & BITS | (eights & BITS) << 1;
            int oddHigh = fours >>> 1 & BITS | eights & ~BITS;
            int low =
                    (evenLow & PAIRS)
                            + (evenLow >>> 2 & PAIRS)
                            + (oddLow & PAIRS)
                            + (oddLow >>> 2 & PAIRS);
            int high =
                    (evenHigh & PAIRS)
                            + (evenHigh >>> 2 & PAIRS)
                            + (oddHigh & PAIRS)
                            + (oddHigh >>> 2 & PAIRS);
            int bytes =
                    (low & FOURS)
                            + (low >>> 4 & FOURS)
                            + ((high & FOURS) + (high >>> 4 & FOURS) << 2);
            lines[c + GROUP] = lines[c] + (bytes & BYTES) + (bytes >>> Byte.SIZE & BYTES);
        }
    }
}
