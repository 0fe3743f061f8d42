package dev.longtail.estimators.counting;

import dev.longtail.estimators.counting.TileBuffers.Use;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What one tile needs to count a block of trials, and the one owner of its bytes.
 *
 * <p>All numbers are little-endian; R rows are training examples, C columns are test examples, B
 * trials, W = {@link BitColumns#wordsPerColumn}(B) words of 32 trials, the bits from B on 0.
 *
 * <pre>
 *   offset       size   field
 *   header
 *   0            2      format version, 2
 *   2            2      flags: bit 0 = publish estimates after this block
 *   4            4      R
 *   8            4      C
 *   12           4      B
 *   16           8      block number, from 1 without gaps
 *   24           8      trials in all blocks before
 *   rows
 *   0            24 R   what the block adds to the rows' own counters, as {@link OwnCounters} has them
 *   24 R         4 R W  masks, row after row: bit b of word (r W + w) = trial 32 w + b included row r
 *   columns
 *   0            4 W C  test correctness, plane after plane: word (w C + c) = trials 32 w.. of column c
 * </pre>
 *
 * Planes let a kernel take the same 32 trials of neighbouring columns with one vector load. The
 * rows' train correctness is counted once for all tiles of a row, by the sender: it would be as
 * many bytes as the masks for each of them.
 */
public final class TileBlock {

    private static final int VERSION = 2;
    private static final int PUBLISH = 1;
    private static final int HEADER_BYTES = 32;

    private final long number;
    private final long trialsBefore;
    private final boolean publish;
    private final int rows;
    private final int columns;
    private final int trials;
    private final int[] own;
    private final int[] masks;
    private final int[] planes;

    private TileBlock(ByteBuffer header, TileRecord record, TileBuffers buffers) {
        int flags = header.getShort(2);
        this.publish = (flags & PUBLISH) != 0;
        this.rows = header.getInt(4);
        this.columns = header.getInt(8);
        this.trials = header.getInt(12);
        this.number = header.getLong(16);
        this.trialsBefore = header.getLong(24);
        int words = BitColumns.wordsPerColumn(trials);
        long rowBytes = (long) Integer.BYTES * rows * (TileLayout.OWN_ARRAYS + words);
        long columnBytes = (long) Integer.BYTES * columns * words;
        if (rows < 1
                || columns < 0
                || trials < 1
                || rowBytes != record.rows().length
                || columnBytes != record.columns().length) {
            throw new IllegalArgumentException(
                    "expected %d + %d bytes for a block of %d trials for %d x %d examples, found %d + %d"
                            .formatted(
                                    rowBytes,
                                    columnBytes,
                                    trials,
                                    rows,
                                    columns,
                                    record.rows().length,
                                    record.columns().length));
        }
        this.own = buffers.ints(Use.ADDED_OWN, rows * TileLayout.OWN_ARRAYS);
        this.masks = buffers.ints(Use.MASKS, rows * words);
        this.planes = buffers.ints(Use.PLANES, words * columns);
        littleEndian(record.rows()).asIntBuffer().get(own).get(masks);
        littleEndian(record.columns()).asIntBuffer().get(planes);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException when the bytes are of another format or length
     */
    public static TileBlock decode(TileRecord record) {
        return decode(record, new TileBuffers());
    }

    /**
     * Reads a record.
     *
     * @param buffers whose arrays the result uses
     * @throws IllegalArgumentException when the bytes are of another format or length
     */
    public static TileBlock decode(TileRecord record, TileBuffers buffers) {
        ByteBuffer header = littleEndian(record.header());
        if (header.limit() != HEADER_BYTES || header.getShort(0) != VERSION) {
            throw new IllegalArgumentException(
                    "expected a tile's block in format %d, found %s"
                            .formatted(
                                    VERSION,
                                    header.limit() != HEADER_BYTES
                                            ? "a header of " + header.limit() + " bytes"
                                            : "format " + header.getShort(0)));
        }
        return new TileBlock(header, record, buffers);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] encodeRows(
            BitColumns masks, BitColumns trainCorrect, int[] examples, boolean firstIsEven) {
        int columnBytes = Integer.BYTES * BitColumns.wordsPerColumn(masks.trials());
        int[] added = OwnCounters.count(masks, trainCorrect, examples, firstIsEven).counters();
        int ownBytes = Integer.BYTES * added.length;
        byte[] section =
                new byte[Math.addExact(ownBytes, Math.multiplyExact(columnBytes, examples.length))];
        littleEndian(section).asIntBuffer().put(added);
        for (int row = 0; row < examples.length; row++) {
            masks.copyColumn(examples[row], section, ownBytes + row * columnBytes);
        }
        return section;
    }

    static byte[] encodePlanes(BitColumns testCorrect, int[] examples) {
        int words = BitColumns.wordsPerColumn(testCorrect.trials());
        byte[] section = new byte[Math.multiplyExact(Integer.BYTES * words, examples.length)];
        var ints = littleEndian(section).asIntBuffer();
        for (int column = 0; column < examples.length; column++) {
            for (int word = 0; word < words; word++) {
                ints.put(word * examples.length + column, testCorrect.word(examples[column], word));
            }
        }
        return section;
    }

    static TileRecord encode(
            long number,
            long trialsBefore,
            boolean publish,
            int trials,
            byte[] rows,
            byte[] columns) {
        int words = BitColumns.wordsPerColumn(trials);
        byte[] header = new byte[HEADER_BYTES];
        littleEndian(header)
                .putShort((short) VERSION)
                .putShort((short) (publish ? PUBLISH : 0))
                .putInt(rows.length / (Integer.BYTES * (TileLayout.OWN_ARRAYS + words)))
                .putInt(columns.length / (Integer.BYTES * words))
                .putInt(trials)
                .putLong(number)
                .putLong(trialsBefore);
        return new TileRecord(header, rows, columns);
    }

    /** The block's number. */
    public long number() {
        return number;
    }

    /** Trials in all blocks before. */
    public long trialsBefore() {
        return trialsBefore;
    }

    /** Whether estimates are to be published after this block. */
    public boolean publish() {
        return publish;
    }

    /** R, number of training examples of the tile. */
    public int rows() {
        return rows;
    }

    /** C, number of test examples of the tile; 0 when only memorization is counted. */
    public int columns() {
        return columns;
    }

    /** B, number of trials in the block. */
    public int trials() {
        return trials;
    }

    /** W, words of 32 trials. */
    int words() {
        return BitColumns.wordsPerColumn(trials);
    }

    /** What is to be added to the rows' own counters, not a copy. */
    int[] own() {
        return own;
    }

    /** R x W words, not a copy. */
    int[] masks() {
        return masks;
    }

    /** W x C words, not a copy. */
    int[] planes() {
        return planes;
    }
}
