package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.TileBuffers.Use;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * The counters of one tile, to be folded: R training examples by C test examples, and the training
 * examples' own counters. Its bytes are described in {@link TileLayout}.
 *
 * <ol>
 *   <li>All counters are from exactly the same {@link #trials()} trials.
 *   <li>Counters take 16 bits each until the trials exceed 65,535, then 32; those of pairs are
 *       stored in 8 where they are near what their margins let expect.
 *   <li>Blocks are folded in order, each once; another block is refused and changes nothing.
 * </ol>
 *
 * Not safe for use by several threads.
 */
public final class TileCounts implements TileReader {

    private final OwnCounters own;
    private final int[] correct;
    private final PairCounters pairs;
    private int trials;
    private int evenTrials;
    private long block;

    /**
     * A tile before any trial.
     *
     * @param rows R, at least 1
     * @param columns C, at least 0; 0 counts memorization only
     * @throws IllegalArgumentException when there is no row or the state would exceed a Java array
     */
    public TileCounts(int rows, int columns) {
        this(rows, columns, new TileBuffers());
    }

    /**
     * A tile before any trial.
     *
     * @param rows R, at least 1
     * @param columns C, at least 0; 0 counts memorization only
     * @param buffers whose arrays it uses
     * @throws IllegalArgumentException when there is no row or the state would exceed a Java array
     */
    public TileCounts(int rows, int columns, TileBuffers buffers) {
        this(
                new OwnCounters(
                        rows,
                        buffers.zeros(Use.OWN, TileLayout.OWN_ARRAYS * requireRows(rows, columns))),
                buffers.zeros(Use.CORRECT, columns),
                new PairCounters(
                        rows,
                        columns,
                        false,
                        buffers.zeros(
                                Use.PAIRS, (int) PairCounters.wordCount(rows, columns, false))));
    }

    private TileCounts(OwnCounters own, int[] correct, PairCounters pairs) {
        this.own = own;
        this.correct = correct;
        this.pairs = pairs;
    }

    private static int requireRows(int rows, int columns) {
        if (rows < 1 || columns < 0) {
            throw new IllegalArgumentException(
                    "expected at least 1 row and 0 columns, found %d x %d"
                            .formatted(rows, columns));
        }
        if (TileLayout.mostBytes(rows, columns) > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a tile of %d x %d is too large for one value; use smaller groups"
                            .formatted(rows, columns));
        }
        return rows;
    }

    /**
     * Reads the bytes of {@link #encode}, of this release or of a former one.
     *
     * @throws IllegalArgumentException when they are of another format or length
     */
    public static TileCounts decode(byte[] state) {
        return decode(ByteBuffer.wrap(state), new TileBuffers());
    }

    /**
     * Reads the bytes of {@link #encode}.
     *
     * @param state in whose remaining bytes they are; nothing of it is kept
     * @param buffers whose arrays the result uses
     * @throws IllegalArgumentException when they are of another format or length
     */
    public static TileCounts decode(ByteBuffer state, TileBuffers buffers) {
        ByteBuffer bytes = TileLayout.checked(state);
        int rows = bytes.getInt(4);
        int columns = bytes.getInt(8);
        TileForm form = TileLayout.form(bytes);
        boolean wide = form == TileForm.WIDE;
        int[] ownCounters = buffers.ints(Use.OWN, TileLayout.OWN_ARRAYS * rows);
        int[] correct = buffers.ints(Use.CORRECT, columns);
        int[] words = buffers.ints(Use.PAIRS, (int) PairCounters.wordCount(rows, columns, wide));
        bytes.position(TileLayout.HEADER_BYTES);
        IntBuffer ints = bytes.asIntBuffer();
        if (form != TileForm.NARROW) {
            ints.get(ownCounters).get(correct).get(words);
        } else {
            int[] shared = new int[(int) form.ownWords(rows)];
            ints.get(shared).get(correct);
            int[] coded = codedPairs(buffers, rows, columns);
            ints.get(coded, 0, ints.remaining());
            OwnCounters own = OwnCounters.ofShared(rows, shared, ownCounters);
            CodedPairs.decode(coded, own, correct, rows, bytes.getInt(12), words);
        }
        TileCounts counts =
                new TileCounts(
                        new OwnCounters(rows, ownCounters),
                        correct,
                        new PairCounters(rows, columns, wide, words));
        counts.trials = bytes.getInt(12);
        counts.evenTrials = bytes.getInt(16);
        counts.block = bytes.getLong(24);
        return counts;
    }

    /** Counters as of the same block as a tile. */
    static TileCounts at(TileReader tile, OwnCounters own, int[] correct, PairCounters pairs) {
        TileCounts counts = new TileCounts(own, correct, pairs);
        counts.trials = (int) tile.trials();
        counts.evenTrials = (int) tile.evenTrials();
        counts.block = tile.block();
        return counts;
    }

    /** The bytes to be stored. */
    public byte[] encode() {
        ByteBuffer state = encode(new TileBuffers());
        byte[] bytes = new byte[state.remaining()];
        state.get(bytes);
        return bytes;
    }

    /**
     * The bytes to be stored.
     *
     * @param buffers whose bytes the result is of: until the next tile is encoded with them
     * @return a buffer with an array, in whose remaining bytes they are
     */
    public ByteBuffer encode(TileBuffers buffers) {
        int[] coded = pairs.words();
        int words = coded.length;
        if (!pairs.isWide()) {
            coded = codedPairs(buffers, rows(), columns());
            words = CodedPairs.encode(pairs, own, correct, trials, coded);
        }
        TileForm form = pairs.isWide() ? TileForm.WIDE : TileForm.NARROW;
        long length =
                TileLayout.pairsOffset(rows(), columns(), form) + (long) Integer.BYTES * words;
        ByteBuffer state = buffers.state((int) length);
        ByteBuffer bytes = state.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) TileLayout.VERSION)
                .putShort((short) (pairs.isWide() ? TileLayout.WIDE : 0))
                .putInt(rows())
                .putInt(columns())
                .putInt(trials)
                .putInt(evenTrials)
                .putInt(0)
                .putLong(block);
        bytes.asIntBuffer()
                .put(pairs.isWide() ? own.counters() : own.shared())
                .put(correct)
                .put(coded, 0, words);
        return state;
    }

    private static int[] codedPairs(TileBuffers buffers, int rows, int columns) {
        return buffers.ints(Use.CODED, (int) CodedPairs.mostWords(rows, columns));
    }

    /**
     * Counts a block.
     *
     * @param next the block after the last one counted
     * @param kernel what counts pairs
     * @throws IllegalArgumentException when the block is not the next one or is for a tile of
     *     another size; nothing is counted then
     * @throws IllegalStateException when a counter could exceed 32 bits, of which none does before
     *     the number of trials does; nothing is counted then
     */
    public void fold(TileBlock next, FoldKernel kernel) {
        requireNext(next);
        requireRoom(next);
        boolean firstIsEven = trials % 2 == 0;
        int trialsAfter = trials + next.trials();
        if (trialsAfter > PairCounters.NARROW_MAX) {
            pairs.widen();
        }
        own.add(next.own());
        foldCorrect(next);
        kernel.fold(next.masks(), next.planes(), next.words(), pairs);
        evenTrials += (next.trials() + (firstIsEven ? 1 : 0)) / 2;
        trials = trialsAfter;
        block = next.number();
    }

    private void requireNext(TileBlock next) {
        if (next.rows() != rows() || next.columns() != columns()) {
            throw new IllegalArgumentException(
                    "expected a block for a tile of %d x %d, found %d x %d"
                            .formatted(rows(), columns(), next.rows(), next.columns()));
        }
        if (next.number() != block + 1 || next.trialsBefore() != trials) {
            throw new IllegalArgumentException(
                    "expected block %d after %d trials, found block %d after %d trials; state and input are not of the same run"
                            .formatted(block + 1, trials, next.number(), next.trialsBefore()));
        }
    }

    private void requireRoom(TileBlock next) {
        if (next.trials() > Integer.MAX_VALUE - trials) {
            throw new IllegalStateException(
                    "expected at most %d trials in one experiment, found %d after %d; count further trials as another experiment"
                            .formatted(Integer.MAX_VALUE, next.trials(), trials));
        }
    }

    private void foldCorrect(TileBlock next) {
        int[] planes = next.planes();
        for (int at = 0; at < planes.length; at += correct.length) {
            for (int column = 0; column < correct.length; column++) {
                correct[column] += Integer.bitCount(planes[at + column]);
            }
        }
    }

    @Override
    public int rows() {
        return pairs.rows();
    }

    @Override
    public int columns() {
        return correct.length;
    }

    @Override
    public long block() {
        return block;
    }

    @Override
    public long trials() {
        return trials;
    }

    @Override
    public long evenTrials() {
        return evenTrials;
    }

    @Override
    public InOutCounts own(int row) {
        return own.of(row, trials);
    }

    @Override
    public InOutCounts evenOwn(int row) {
        return own.ofEven(row, evenTrials);
    }

    @Override
    public long correct(int column) {
        return correct[column];
    }

    @Override
    public long inCorrect(int row, int column) {
        return pairs.get(row, column);
    }

    /** in(i) of a row: trials with its example included. */
    public int included(int row) {
        return own.in(row);
    }

    /** The pairs' counters, for passes over many; not a copy. */
    PairCounters pairs() {
        return pairs;
    }
}
