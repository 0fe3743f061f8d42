package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;
import java.nio.ByteBuffer;

/**
 * Some rows and columns of a tile, next to each other: what an answer needs of it. The part of a
 * stored tile is a stored tile itself, of the same block, so that whoever reads tiles reads parts.
 *
 * @param firstRow the first of the rows, in [0, R)
 * @param rows how many, at least 1
 * @param firstColumn the first of the columns, in [0, C]
 * @param columns how many, at least 0; 0 is memorization only
 */
public record TilePart(int firstRow, int rows, int firstColumn, int columns) {

    /**
     * @throws IllegalArgumentException when there is no row or a number is negative
     */
    public TilePart {
        if (firstRow < 0 || rows < 1 || firstColumn < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "expected at least 1 row and 0 columns from 0 on, found %d from %d on and %d from %d on"
                            .formatted(rows, firstRow, columns, firstColumn));
        }
    }

    /** One pair. */
    public static TilePart pair(int row, int column) {
        return new TilePart(row, 1, column, 1);
    }

    /** A row without pairs. */
    public static TilePart own(int row) {
        return new TilePart(row, 1, 0, 0);
    }

    /**
     * Takes this part out of a stored tile.
     *
     * @param state in whose remaining bytes the tile is, those of {@link TileCounts#encode}
     * @return bytes of that kind
     * @throws IllegalArgumentException when they are of another format or length, or the tile has
     *     not all of these rows and columns
     */
    public byte[] of(ByteBuffer state) {
        TileCountsView whole = new TileCountsView(state);
        requireIn(whole);
        PairCounters pairs = new PairCounters(rows, columns);
        if (whole.trials() > PairCounters.NARROW_MAX) {
            pairs.widen();
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                pairs.put(r, c, (int) whole.inCorrect(firstRow + r, firstColumn + c));
            }
        }
        int[] correct = new int[columns];
        for (int c = 0; c < columns; c++) {
            correct[c] = (int) whole.correct(firstColumn + c);
        }
        return TileCounts.at(whole, own(whole), correct, pairs).encode();
    }

    private OwnCounters own(TileReader whole) {
        InOutCounts[] all = new InOutCounts[rows];
        InOutCounts[] even = new InOutCounts[rows];
        for (int r = 0; r < rows; r++) {
            all[r] = whole.own(firstRow + r);
            even[r] = whole.evenOwn(firstRow + r);
        }
        return OwnCounters.of(all, even);
    }

    private void requireIn(TileReader whole) {
        if (rows > whole.rows() - firstRow || columns > whole.columns() - firstColumn) {
            throw new IllegalArgumentException(
                    "expected rows and columns of a tile of %d x %d, found %d from %d on and %d from %d on"
                            .formatted(
                                    whole.rows(),
                                    whole.columns(),
                                    rows,
                                    firstRow,
                                    columns,
                                    firstColumn));
        }
    }
}
