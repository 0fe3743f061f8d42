package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;

/**
 * What can be read of a tile's counters. Everything a tile says is from the same trials.
 *
 * <p>Rows are the tile's training examples, columns its test examples, both by position in their
 * group.
 */
public interface TileReader {

    /** R, number of training examples. */
    int rows();

    /** C, number of test examples. */
    int columns();

    /** Number of the last block counted; 0 before the first. Tiles of one block agree exactly. */
    long block();

    /** t, trials counted. */
    long trials();

    /** Those of them with an even running number; the first trial counted is number 0. */
    long evenTrials();

    /**
     * Counts for the memorization of a row's example.
     *
     * @param row in [0, R)
     */
    InOutCounts own(int row);

    /** Counts for the memorization of a row's example over the trials with an even number. */
    InOutCounts evenOwn(int row);

    /** Counts for the memorization of a row's example over the trials with an odd number. */
    default InOutCounts oddOwn(int row) {
        InOutCounts all = own(row);
        InOutCounts even = evenOwn(row);
        return new InOutCounts(
                all.in() - even.in(),
                all.inCorrect() - even.inCorrect(),
                all.out() - even.out(),
                all.outCorrect() - even.outCorrect());
    }

    /**
     * correct(j): trials right on a column's example.
     *
     * @param column in [0, C)
     */
    long correct(int column);

    /**
     * inCorrect(i, j): trials with the row's example included and right on the column's.
     *
     * @param row in [0, R)
     * @param column in [0, C)
     */
    long inCorrect(int row, int column);

    /** Counts for the influence of a row's example on a column's. */
    default InOutCounts pair(int row, int column) {
        return InOutCounts.ofPair(trials(), own(row).in(), inCorrect(row, column), correct(column));
    }
}
