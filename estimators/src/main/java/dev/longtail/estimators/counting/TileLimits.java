package dev.longtail.estimators.counting;

import java.io.Serializable;

/**
 * Largest sizes of a tile.
 *
 * @param train training examples, rows; at least 1
 * @param test test examples, columns; at least 1
 */
public record TileLimits(int train, int test) implements Serializable {

    /** Fastest for folding 50,000 x 10,000 pairs among the sizes tried. */
    public static final TileLimits DEFAULT = new TileLimits(384, 640);

    /** Largest limit of a side: rows and columns of a tile are numbered by 16 bits. */
    public static final int LARGEST = 0xffff;

    /**
     * @throws IllegalArgumentException when a limit is out of its range
     */
    public TileLimits {
        if (train < 1 || test < 1 || train > LARGEST || test > LARGEST) {
            throw new IllegalArgumentException(
                    "expected tile limits from 1 to %d, found %d x %d"
                            .formatted(LARGEST, train, test));
        }
    }
}
