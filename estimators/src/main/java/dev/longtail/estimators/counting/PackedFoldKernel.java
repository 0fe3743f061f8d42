package dev.longtail.estimators.counting;

/** A kernel that adds to words of two sums each, which narrow counters are. */
abstract class PackedFoldKernel implements FoldKernel {

    /** Words whose trials cannot exceed a half word: 65,408 trials. */
    private static final int PACKED_WORDS = 2044;

    @Override
    public final void fold(int[] masks, int[] planes, int words, PairCounters counters) {
        if (!counters.isWide()) {
            addTrials(masks, planes, words, 0, words, counters, counters.words());
            return;
        }
        int half = counters.half();
        for (int word = 0; word < words; word += PACKED_WORDS) {
            int[] sums = new int[counters.rows() * half];
            int end = Math.min(words, word + PACKED_WORDS);
            addTrials(masks, planes, words, word, end, counters, sums);
            for (int row = 0; row < counters.rows(); row++) {
                int high = counters.columns() - half;
                counters.addPacked(row, 0, sums, row * half, half, high);
            }
        }
    }

    /**
     * Adds some words of trials.
     *
     * @param first the first of them
     * @param end the one after the last; {@code end - first} is a multiple of {@link
     *     BitColumns#WORD_QUANTUM}
     * @param shape R and C
     * @param packed R x H words of sums, as {@link PairCounters} keeps narrow counters
     */
    abstract void addTrials(
            int[] masks,
            int[] planes,
            int words,
            int first,
            int end,
            PairCounters shape,
            int[] packed);
}
