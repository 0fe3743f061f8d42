package dev.longtail.estimators.counting;

import java.util.Arrays;

/**
 * A kernel in plain Java, shaped for the auto-vectoriser of HotSpot's second compiler, JDK 17 to
 * 25. Its rules, found by measurement and in its machine code (docs/decisions 0204):
 *
 * <ul>
 *   <li>It vectorises a loop when all indices in it are the loop's variable plus a constant; not
 *       when arrays are entered at different variables. So everything that a loop touches lies in
 *       one array, at fixed distances, and a pass over another group of lines is the same loop with
 *       other bounds.
 *   <li>It unrolls a long loop, which it must before it vectorises, when there are at least four
 *       exclusive ors in it.
 *   <li>It runs up to 16 scalar iterations before the vectors, until the place that it stores to is
 *       aligned, and the rest after them. Where the first line begins one element before a whole
 *       cache line, that is one iteration, and none after: see {@link #LENGTH}.
 * </ul>
 *
 * <p>Lines of a strip of counter words: a group is a line of sums, then eight lines of planes of
 * four words of trials. The sums of a group and what its planes add are the sums of the next. So a
 * row's counters are copied in front of the first group, ripple through all and are copied back,
 * while the planes stay in the first-level cache for all rows.
 */
abstract class StripFoldKernel extends PackedFoldKernel {

    /** Words of trials in a group. */
    static final int WORDS = BitColumns.WORD_QUANTUM;

    /** Groups whose planes, with their sums, fit 48 KiB; more where lines are not full. */
    private static final int GROUPS = 3;

    private static final int MOST_GROUPS = 64;

    /** Words of counters in a line. */
    private static final int STRIP = 320;

    /** Ints of the widest vectors: lines hold whole ones. */
    private static final int LANES = 16;

    /** Where a line's words begin: with the array's header of 16 bytes, a whole cache line. */
    private static final int FIRST = 12;

    /** Where loops begin: their first iteration is scalar, always, and counts nothing. */
    private static final int LEAD = FIRST - 1;

    /** Ints from line to line: an odd number of cache lines, which spreads them over the cache. */
    static final int LINE = STRIP + LANES;

    static final int GROUP = (1 + 2 * WORDS) * LINE;

    /**
     * Four MiB, of which the first hundred KB are used: G1, the default collector, gives an array
     * of half a region a region of its own, with no other object before it, so that it begins at a
     * cache line and never moves. With regions up to 8 MiB, so heaps below 32 GB; elsewhere loops
     * cost up to 16 scalar iterations more.
     */
    private static final int LENGTH = 1 << 20;

    private final int[] lines = new int[LENGTH];

    @Override
    final void addTrials(
            int[] masks,
            int[] planes,
            int words,
            int first,
            int end,
            PairCounters shape,
            int[] packed) {
        int half = shape.half();
        int strips = (half + STRIP - 1) / STRIP;
        for (int strip = 0; strip < strips; strip++) {
            int column = (int) ((long) half * strip / strips);
            int width = (int) ((long) half * (strip + 1) / strips) - column;
            int groups = Math.min(MOST_GROUPS, GROUPS * STRIP / width);
            for (int word = first; word < end; word += groups * WORDS) {
                int chunk = Math.min(groups * WORDS, end - word);
                load(planes, word, chunk, shape, column, width);
                for (int row = 0; row < shape.rows(); row++) {
                    int at = row * half + column;
                    System.arraycopy(packed, at, lines, FIRST, width);
                    int sums = addChunk(masks, row * words + word, chunk, width);
                    System.arraycopy(lines, sums, packed, at, width);
                }
            }
        }
    }

    /** Lays out the planes of a chunk of trials for a strip; a column that is missing is 0. */
    private void load(
            int[] planes, int word, int chunk, PairCounters shape, int column, int width) {
        int high = Math.min(width, shape.columns() - shape.half() - column);
        for (int w = 0; w < chunk; w++) {
            int from = (word + w) * shape.columns() + column;
            int line = w / WORDS * GROUP + (1 + w % WORDS) * LINE + FIRST;
            System.arraycopy(planes, from, lines, line, width);
            line += WORDS * LINE;
            System.arraycopy(planes, from + shape.half(), lines, line, high);
            Arrays.fill(lines, line + high, line + width, 0);
        }
        for (int w = 0; w < chunk; w += WORDS) {
            arrange(lines, w / WORDS * GROUP + FIRST, width);
        }
    }

    /** Adds a chunk's groups to the first line and returns where the sums are then. */
    private int addChunk(int[] masks, int at, int chunk, int width) {
        int length = 1 + (width + LANES - 1) / LANES * LANES;
        int group = LEAD;
        for (int w = at; w < at + chunk; w += WORDS) {
            int to = group + length;
            add(lines, group, to, masks[w], masks[w + 1], masks[w + 2], masks[w + 3]);
            group += GROUP;
        }
        return group + 1;
    }

    /**
     * Makes a group's planes what {@link #add} wants. They come as low halves of four words, lines
     * 1 to 4, and high halves of the same, lines 5 to 8.
     *
     * @param group index of the first sum
     */
    abstract void arrange(int[] lines, int group, int width);

    /**
     * Adds a group's planes to its sums, into the sums of the next group.
     *
     * @param from index of the first sum
     * @param to the one after the last
     */
    abstract void add(int[] lines, int from, int to, int m0, int m1, int m2, int m3);
}
