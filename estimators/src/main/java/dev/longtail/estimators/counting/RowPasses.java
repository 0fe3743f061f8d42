package dev.longtail.estimators.counting;

/**
 * What {@link InfluenceScores} does with all columns of a row. Runs are of {@value #RUN} columns,
 * the last one maybe of fewer.
 */
interface RowPasses {

    /** Columns of a run. */
    int RUN = 64;

    /**
     * Reads a row.
     *
     * @param inCorrect receives inCorrect(i, j) per column
     * @return their sum
     */
    long read(PairCounters pairs, int row, int[] inCorrect);

    /**
     * Makes the row's scores, {@code a inCorrect - b correct}.
     *
     * @param largest receives the largest of every run
     */
    void score(int[] inCorrect, int[] correct, int a, int b, int[] scores, int[] largest);

    /**
     * Compares scores with bounds of their own.
     *
     * @param outside receives per column a number below 0 where the score is at least {@code upper}
     *     or at most {@code lower}
     * @param anyOutside receives per run a number that is below 0 if one of its columns is outside,
     *     and maybe otherwise
     */
    void compare(int[] scores, int[] lower, int[] upper, int[] outside, int[] anyOutside);

    /**
     * The fastest that this JVM has: with vectors where it was started with their module, unless a
     * kernel without them is asked for.
     */
    static RowPasses best() {
        String kernel = System.getProperty(FoldKernel.PROPERTY, "");
        return kernel.equals("plain") || kernel.equals("carry-save")
                ? new PlainRowPasses()
                : VectorApi.rowPasses().orElseGet(PlainRowPasses::new);
    }
}
