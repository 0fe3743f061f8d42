package dev.longtail.estimators.counting;

/**
 * Everything one tile needs to count a block of trials, as bytes in three parts, of which tiles of
 * the same training or test examples share one; {@link TileBlock} says what is in them. Not copied:
 * nobody may change them.
 *
 * @param header of the block and of the tile's size
 * @param rows from {@link TrialBlock#rows}
 * @param columns from {@link TrialBlock#columns}
 */
public record TileRecord(byte[] header, byte[] rows, byte[] columns) {

    /** No trials. */
    public static final TileRecord NONE = new TileRecord(new byte[0], new byte[0], new byte[0]);

    /** Whether there are no trials to be counted. */
    public boolean isNone() {
        return header.length == 0;
    }
}
