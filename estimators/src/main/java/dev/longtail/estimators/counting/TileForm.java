package dev.longtail.estimators.counting;

/** How a stored tile keeps its counters; {@link TileLayout} has the bytes. */
enum TileForm {
    /** 32 bits each: of more than 65,535 trials. */
    WIDE,
    /** 16 bits or, of most pairs, 8. */
    NARROW,
    /** As format 1 had it until 65,535 trials: pairs in 16 bits, the rows' own counters in 32. */
    FIRST_NARROW;

    /** Words of the own counters of R rows. */
    long ownWords(int rows) {
        return (this == NARROW ? TileLayout.OWN_ARRAYS / 2L : TileLayout.OWN_ARRAYS) * rows;
    }

    /** Words of the bits that tell which rows are in bytes. */
    int mapWords(int rows) {
        return this == NARROW ? CodedPairs.mapWords(rows) : 0;
    }

    /**
     * Words after correct.
     *
     * @param inBytes rows in bytes
     */
    long pairWords(int rows, int columns, int inBytes) {
        return this == NARROW
                ? CodedPairs.words(rows, columns, inBytes)
                : PairCounters.wordCount(rows, columns, this == WIDE);
    }
}
