package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A stored tile, read in place: asking for one pair touches a few bytes, whatever the tile's size.
 */
public final class TileCountsView implements TileReader {

    private static final int EVEN = 3;

    private final ByteBuffer bytes;
    private final int rows;
    private final int columns;
    private final boolean wide;

    /**
     * A view of the bytes of {@link TileCounts#encode}, not copied.
     *
     * @throws IllegalArgumentException when they are of another format or length
     */
    public TileCountsView(byte[] state) {
        this.bytes = TileLayout.checked(state);
        this.rows = bytes.getInt(4);
        this.columns = bytes.getInt(8);
        this.wide = TileLayout.isWide(bytes);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long block() {
        return bytes.getLong(24);
    }

    @Override
    public long trials() {
        return bytes.getInt(12);
    }

    @Override
    public long evenTrials() {
        return bytes.getInt(16);
    }

    @Override
    public InOutCounts own(int row) {
        return read(0, row, trials());
    }

    @Override
    public InOutCounts evenOwn(int row) {
        return read(EVEN, row, evenTrials());
    }

    private InOutCounts read(int array, int row, long trials) {
        Objects.checkIndex(row, rows);
        int in = ownCounter(array, row);
        return new InOutCounts(
                in, ownCounter(array + 1, row), trials - in, ownCounter(array + 2, row));
    }

    private int ownCounter(int array, int row) {
        return bytes.getInt(TileLayout.ownOffset(rows, array, row));
    }

    @Override
    public long correct(int column) {
        Objects.checkIndex(column, columns);
        return bytes.getInt(TileLayout.correctOffset(rows, column));
    }

    @Override
    public long inCorrect(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        if (wide) {
            return word(row * columns + column);
        }
        int half = PairCounters.half(columns);
        return column < half
                ? word(row * half + column) & PairCounters.NARROW_MAX
                : word(row * half + column - half) >>> Short.SIZE;
    }

    private int word(int word) {
        return bytes.getInt(TileLayout.wordOffset(rows, columns, word));
    }
}
