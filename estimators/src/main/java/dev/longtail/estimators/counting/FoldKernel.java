package dev.longtail.estimators.counting;

/**
 * The inner loop of all counting: {@code counter(r, c) += popcount(mask_r AND correct_c)} for every
 * pair of a tile, over the trials of a block.
 *
 * <p>All implementations give the same counters. An instance keeps scratch memory: one thread at a
 * time.
 */
public interface FoldKernel {

    /**
     * System property that forces a kernel: {@code plain}, {@code carry-save}, {@code vector} or
     * {@code four-russians}; for comparisons and for machines where the choice is wrong.
     */
    String PROPERTY = "longtail.kernel";

    /**
     * Counts a block.
     *
     * @param masks R x W words: word {@code r W + w} holds trials 32 w to 32 w + 31 of row r
     * @param planes W x C words: word {@code w C + c} holds the same trials of column c
     * @param words W, a multiple of {@link BitColumns#WORD_QUANTUM}
     * @param counters R x C counters, wide enough for the sums
     */
    void fold(int[] masks, int[] planes, int words, PairCounters counters);

    /** What the log says about it: implementation and vector width. */
    String description();

    /**
     * A new kernel of the fastest kind for this processor and JVM.
     *
     * <p>Where the processor counts bits of whole vectors: the Vector API when the JVM was started
     * with {@code --add-modules jdk.incubator.vector} and is of release 19 or later, which counts
     * bits per lane; else plain Java that the compiler makes vectors of. Elsewhere: tables, with
     * the same option of any release; else carry-save adders, which need no more of a vector than
     * logic.
     *
     * @throws IllegalStateException when {@link #PROPERTY} asks for a kernel that is not offered
     */
    static FoldKernel best() {
        String wanted = System.getProperty(PROPERTY, "");
        return switch (wanted) {
            case "plain" -> new PlainFoldKernel();
            case "carry-save" -> new CarrySaveFoldKernel();
            case "vector" ->
                    VectorApi.bitCounts()
                            .orElseThrow(() -> notOffered(wanted, VectorApi.whyNoBitCounts()));
            case "four-russians" ->
                    VectorApi.tables()
                            .orElseThrow(() -> notOffered(wanted, VectorApi.whyNoTables()));
            case "" ->
                    BitCountingProcessor.countsVectors()
                            ? VectorApi.bitCounts().orElseGet(PlainFoldKernel::new)
                            : VectorApi.tables().orElseGet(CarrySaveFoldKernel::new);
            default ->
                    throw new IllegalStateException(
                            "expected -D%s=plain, carry-save, vector or four-russians, found '%s'"
                                    .formatted(PROPERTY, wanted));
        };
    }

    private static IllegalStateException notOffered(String wanted, String why) {
        return new IllegalStateException("-D%s=%s, but %s".formatted(PROPERTY, wanted, why));
    }
}
