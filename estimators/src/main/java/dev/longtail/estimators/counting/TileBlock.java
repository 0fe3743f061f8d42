package dev.longtail.estimators.counting;

import dev.longtail.estimators.counting.TileBuffers.Use;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Everything one tile needs to count a block of trials, and the one owner of its bytes.
 *
 * <p>All numbers are little-endian; R rows are training examples, C columns are test examples, B
 * trials, W = {@link BitColumns#wordsPerColumn}(B) words of 32 trials, the bits from B on 0.
 *
 * <pre>
 *   offset       size   field
 *   0            2      format version, 1
 *   2            2      flags: bit 0 = publish estimates after this block
 *   4            4      R
 *   8            4      C
 *   12           4      B
 *   16           8      block number, from 1 without gaps
 *   24           8      trials in all blocks before
 *   32           4 R W  masks, row after row: bit b of word (r W + w) = trial 32 w + b included row r
 *   + 4 R W      4 R W  train correctness of the rows, likewise
 *   + 8 R W      4 W C  test correctness, plane after plane: word (w C + c) = trials 32 w.. of column c
 * </pre>
 *
 * Planes let a kernel take the same 32 trials of neighbouring columns with one vector load.
 */
public final class TileBlock {

    private static final int VERSION = 1;
    private static final int PUBLISH = 1;
    private static final int HEADER_BYTES = 32;

    private final long number;
    private final long trialsBefore;
    private final boolean publish;
    private final int rows;
    private final int columns;
    private final int trials;
    private final int[] masks;
    private final int[] trainCorrect;
    private final int[] planes;

    private TileBlock(ByteBuffer bytes, TileBuffers buffers) {
        int flags = bytes.getShort(2);
        this.publish = (flags & PUBLISH) != 0;
        this.rows = bytes.getInt(4);
        this.columns = bytes.getInt(8);
        this.trials = bytes.getInt(12);
        this.number = bytes.getLong(16);
        this.trialsBefore = bytes.getLong(24);
        int words = BitColumns.wordsPerColumn(trials);
        long expected = HEADER_BYTES + 4L * words * (2L * rows + columns);
        if (rows < 1 || columns < 0 || trials < 1 || expected != bytes.limit()) {
            throw new IllegalArgumentException(
                    "expected %d bytes for a block of %d trials for %d x %d examples, found %d"
                            .formatted(expected, trials, rows, columns, bytes.limit()));
        }
        this.masks = buffers.ints(Use.MASKS, rows * words);
        this.trainCorrect = buffers.ints(Use.TRAIN_CORRECT, rows * words);
        this.planes = buffers.ints(Use.PLANES, words * columns);
        bytes.position(HEADER_BYTES);
        bytes.asIntBuffer().get(masks).get(trainCorrect).get(planes);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException when the bytes are of another format or length
     */
    public static TileBlock decode(byte[] record) {
        return decode(record, new TileBuffers());
    }

    /**
     * Reads a record.
     *
     * @param buffers whose arrays the result uses
     * @throws IllegalArgumentException when the bytes are of another format or length
     */
    public static TileBlock decode(byte[] record, TileBuffers buffers) {
        ByteBuffer bytes = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        if (record.length < HEADER_BYTES || bytes.getShort(0) != VERSION) {
            throw new IllegalArgumentException(
                    "expected a tile's block in format %d, found %s"
                            .formatted(
                                    VERSION,
                                    record.length < HEADER_BYTES
                                            ? record.length + " bytes"
                                            : "format " + bytes.getShort(0)));
        }
        return new TileBlock(bytes, buffers);
    }

    static byte[] encodeRows(BitColumns masks, BitColumns trainCorrect, int[] examples) {
        int columnBytes = Integer.BYTES * BitColumns.wordsPerColumn(masks.trials());
        byte[] section = new byte[Math.multiplyExact(2 * columnBytes, examples.length)];
        int half = section.length / 2;
        for (int row = 0; row < examples.length; row++) {
            masks.copyColumn(examples[row], section, row * columnBytes);
            trainCorrect.copyColumn(examples[row], section, half + row * columnBytes);
        }
        return section;
    }

    static byte[] encodePlanes(BitColumns testCorrect, int[] examples) {
        int words = BitColumns.wordsPerColumn(testCorrect.trials());
        byte[] section = new byte[Math.multiplyExact(Integer.BYTES * words, examples.length)];
        var ints = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        for (int column = 0; column < examples.length; column++) {
            for (int word = 0; word < words; word++) {
                ints.put(word * examples.length + column, testCorrect.word(examples[column], word));
            }
        }
        return section;
    }

    static byte[] encode(
            long number,
            long trialsBefore,
            boolean publish,
            int trials,
            byte[] rows,
            byte[] planes) {
        int columnBytes = Integer.BYTES * BitColumns.wordsPerColumn(trials);
        byte[] record = new byte[Math.addExact(HEADER_BYTES + rows.length, planes.length)];
        ByteBuffer.wrap(record)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) VERSION)
                .putShort((short) (publish ? PUBLISH : 0))
                .putInt(rows.length / (2 * columnBytes))
                .putInt(planes.length / columnBytes)
                .putInt(trials)
                .putLong(number)
                .putLong(trialsBefore)
                .put(rows)
                .put(planes);
        return record;
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

    /** R x W words, not a copy. */
    int[] masks() {
        return masks;
    }

    /** R x W words, not a copy. */
    int[] trainCorrect() {
        return trainCorrect;
    }

    /** W x C words, not a copy. */
    int[] planes() {
        return planes;
    }
}
