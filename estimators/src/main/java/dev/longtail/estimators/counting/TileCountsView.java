package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A stored tile, read in place: asking for one pair touches a few bytes and, once, a bit per row.
 */
public final class TileCountsView implements TileReader {

    private static final int EVEN = 3;

    private final ByteBuffer bytes;
    private final int rows;
    private final int columns;
    private final TileForm form;
    private final int correctAt;
    private final int pairsAt;

    /** Where rows begin, bytes; of a wide tile none is needed. */
    private final int[] rowsAt;

    /**
     * A view of the bytes of {@link TileCounts#encode}, not copied.
     *
     * @throws IllegalArgumentException when they are of another format or length
     */
    public TileCountsView(byte[] state) {
        this(ByteBuffer.wrap(state));
    }

    /**
     * The same of the bytes that remain in a buffer.
     *
     * @throws IllegalArgumentException when they are of another format or length
     */
    public TileCountsView(ByteBuffer state) {
        this.bytes = TileLayout.checked(state);
        this.rows = bytes.getInt(4);
        this.columns = bytes.getInt(8);
        this.form = TileLayout.form(bytes);
        this.correctAt = (int) TileLayout.correctOffset(rows, form);
        this.pairsAt = (int) TileLayout.pairsOffset(rows, columns, form);
        this.rowsAt = form == TileForm.WIDE ? new int[0] : startsOfRows();
    }

    private int[] startsOfRows() {
        int half = Integer.BYTES * PairCounters.half(columns);
        int quarter = Integer.BYTES * ResidualRow.wordCount(columns);
        int[] starts = new int[rows];
        int at = pairsAt + Integer.BYTES * form.mapWords(rows);
        for (int row = 0; row < rows; row++) {
            starts[row] = at;
            at += isInBytes(row) ? quarter : half;
        }
        return starts;
    }

    private boolean isInBytes(int row) {
        return form == TileForm.NARROW
                && CodedPairs.isInBytes(
                        row, bytes.getInt(pairsAt + Integer.BYTES * (row / Integer.SIZE)));
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
        if (form != TileForm.NARROW) {
            return bytes.getInt(TileLayout.HEADER_BYTES + Integer.BYTES * (array * rows + row));
        }
        int word = array % EVEN * rows + row;
        int both = bytes.getInt(TileLayout.HEADER_BYTES + Integer.BYTES * word);
        return array < EVEN ? both & PairCounters.NARROW_MAX : both >>> Short.SIZE;
    }

    @Override
    public long correct(int column) {
        Objects.checkIndex(column, columns);
        return bytes.getInt(correctAt + Integer.BYTES * column);
    }

    @Override
    public long inCorrect(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        if (form == TileForm.WIDE) {
            return bytes.getInt(pairsAt + Integer.BYTES * (row * columns + column));
        }
        int half = PairCounters.half(columns);
        boolean isHigh = column >= half;
        int word = isHigh ? column - half : column;
        if (!isInBytes(row)) {
            int both = bytes.getInt(rowsAt[row] + Integer.BYTES * word);
            return isHigh ? both >>> Short.SIZE : both & PairCounters.NARROW_MAX;
        }
        int quarter = ResidualRow.wordCount(columns);
        boolean isOdd = word >= quarter;
        int coded = bytes.getInt(rowsAt[row] + Integer.BYTES * (isOdd ? word - quarter : word));
        int share = ResidualRow.share(ownCounter(0, row), (int) trials());
        int expected = ResidualRow.expected(share, (int) correct(column));
        return ResidualRow.counter(coded, (isHigh ? 2 : 0) + (isOdd ? 1 : 0), expected);
    }
}
