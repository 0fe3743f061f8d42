package dev.longtail.estimators.counting;

/**
 * A row of narrow pair counters in a byte each: what they differ from what is expected of a
 * training example without influence, {@code in(i) correct(j) / t}, the expected count of a
 * contingency table with these margins.
 *
 * <p>Without influence the difference has a standard deviation of {@code sqrt(t p (1 - p) q (1 -
 * q))} at the most, with p the share of trials that include i and q that of trials right on j: 14.5
 * at 4,000 trials and p = 0.7. An influence of x moves it by {@code x t p (1 - p)}. So bytes hold
 * nearly all rows of up to some ten thousand trials; a row with a counter outside stays as it is.
 *
 * <p>Four quarters of the columns share a word, so that coding is arithmetic on 32-bit words at the
 * same index of several arrays, which every JVM vectorises. Not safe for use by several threads.
 */
final class ResidualRow {

    /** Added to a difference to make a byte of it. */
    private static final int BIAS = 128;

    private static final int BOTH_BIASES = BIAS << Short.SIZE | BIAS;

    private static final int BYTE = 0xff;
    private static final int EVEN_BYTES = 0x00ff00ff;
    private static final int HIGH_HALF = 0xffff0000;

    /** Bits of the fraction of in(i) / t. */
    private static final int FRACTION = 16;

    private final int half;
    private final int quarter;
    private final int[] correctLow;
    private final int[] correctHigh;
    private final int[] shared;
    private final int[] differences;
    private final int[] odd;
    private final int[] coded;

    /**
     * For rows of a tile.
     *
     * @param correct correct(j) per column, in [0, 65,535]
     */
    ResidualRow(int[] correct) {
        this.half = PairCounters.half(correct.length);
        this.quarter = wordCount(correct.length);
        this.correctLow = new int[half];
        this.correctHigh = new int[half];
        System.arraycopy(correct, 0, correctLow, 0, half);
        System.arraycopy(correct, half, correctHigh, 0, correct.length - half);
        this.shared = new int[half];
        this.differences = new int[half];
        this.odd = new int[quarter];
        this.coded = new int[quarter];
    }

    /** Q = ceil(H / 2), words of a coded row of C columns. */
    static int wordCount(int columns) {
        return (PairCounters.half(columns) + 1) / 2;
    }

    /**
     * in(i) / t in fixed point.
     *
     * @param in in [0, trials]
     * @param trials at most 65,535
     * @return in [0, 65,536]
     */
    static int share(int in, int trials) {
        return trials == 0 ? 0 : (int) (((long) in << FRACTION) / trials);
    }

    /**
     * The expected count. The product is below 2^32: what wraps around is its sign alone.
     *
     * @param share of {@link #share}
     */
    static int expected(int share, int correct) {
        return share * correct >>> FRACTION;
    }

    /**
     * A counter of a coded row.
     *
     * @param word the one it is in
     * @param at its byte, 0 for the lowest
     * @param expected of {@link #expected}
     */
    static int counter(int word, int at, int expected) {
        return (word >>> Byte.SIZE * at & BYTE) - BIAS + expected;
    }

    /**
     * Codes a row.
     *
     * @param share of {@link #share}
     * @param words H words from {@code from} on, narrow counters
     * @param target receives Q words from {@code to} on
     * @return whether all counters are near enough; if not, nothing was written
     */
    boolean encode(int share, int[] words, int from, int[] target, int to) {
        System.arraycopy(words, from, shared, 0, half);
        subtract(shared, correctLow, correctHigh, share, differences, half);
        if ((anyBit() & ~EVEN_BYTES) != 0) {
            return false;
        }
        System.arraycopy(differences, quarter, odd, 0, half - quarter);
        join(differences, odd, coded, quarter);
        System.arraycopy(coded, 0, target, to, quarter);
        return true;
    }

    /**
     * Two differences at once. The low half borrows from the high one when it is below 0; it is not
     * a byte then, and {@link #add} gives the borrowed back in any case.
     */
    private static void subtract(
            int[] shared,
            int[] correctLow,
            int[] correctHigh,
            int share,
            int[] differences,
            int half) {
        for (int c = 0; c < half; c++) {
            differences[c] =
                    shared[c]
                            - (share * correctLow[c] >>> FRACTION
                                    | share * correctHigh[c] & HIGH_HALF)
                            + BOTH_BIASES;
        }
    }

    /** All differences by OR: of bytes alone it has no bit elsewhere. */
    private int anyBit() {
        int bits = 0;
        for (int c = 0; c < half; c++) {
            bits |= differences[c];
        }
        return bits;
    }

    private static void join(int[] even, int[] odd, int[] coded, int quarter) {
        for (int c = 0; c < quarter; c++) {
            coded[c] = even[c] | odd[c] << Byte.SIZE;
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param share of the same trials
     * @param coded Q words from {@code from} on
     * @param target receives H words from {@code to} on
     */
    void decode(int share, int[] coded, int from, int[] target, int to) {
        System.arraycopy(coded, from, this.coded, 0, quarter);
        separate(this.coded, differences, odd, quarter);
        System.arraycopy(odd, 0, differences, quarter, half - quarter);
        add(differences, correctLow, correctHigh, share, shared, half);
        System.arraycopy(shared, 0, target, to, half);
    }

    private static void separate(int[] coded, int[] even, int[] odd, int quarter) {
        for (int c = 0; c < quarter; c++) {
            even[c] = coded[c] & EVEN_BYTES;
            odd[c] = coded[c] >>> Byte.SIZE & EVEN_BYTES;
        }
    }

    private static void add(
            int[] differences,
            int[] correctLow,
            int[] correctHigh,
            int share,
            int[] shared,
            int half) {
        for (int c = 0; c < half; c++) {
            shared[c] =
                    differences[c]
                            + (share * correctLow[c] >>> FRACTION
                                    | share * correctHigh[c] & HIGH_HALF)
                            - BOTH_BIASES;
        }
    }
}
