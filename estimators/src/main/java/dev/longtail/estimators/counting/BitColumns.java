package dev.longtail.estimators.counting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The vectors of a block of trials, transposed: one bit column per example, one bit per trial.
 *
 * <p>Immutable. A column is padded with zeros to whole {@linkplain #WORD_QUANTUM groups of words},
 * so that kernels need no remainder loop over trials.
 */
public final class BitColumns {

    /** A column's number of 32-bit words is a multiple of this: kernels take four at a time. */
    public static final int WORD_QUANTUM = 4;

    /** Examples that a thread transposes at a time: whole cache lines of every vector. */
    private static final int STRIPE = 4096;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int examples;
    private final int trials;
    private final int longs;
    private final long[] columns;

    private BitColumns(int examples, int trials, long[] columns) {
        this.examples = examples;
        this.trials = trials;
        this.longs = wordsPerColumn(trials) / 2;
        this.columns = columns;
    }

    /**
     * Transposes.
     *
     * @param vectors one packed vector per trial: bit {@code i & 7}, least significant first, of
     *     byte {@code i >> 3} is example i; exactly {@code ceil(examples / 8)} bytes each
     * @param examples number of examples, at least 0
     * @throws IllegalArgumentException when a vector has another length or the columns together
     *     exceed a Java array
     */
    public static BitColumns transpose(List<byte[]> vectors, int examples) {
        int bytes = (int) ((examples + 7L) / 8);
        for (int trial = 0; trial < vectors.size(); trial++) {
            if (vectors.get(trial).length != bytes) {
                throw new IllegalArgumentException(
                        "expected %d bytes for %d examples, found %d in trial %d of the block"
                                .formatted(bytes, examples, vectors.get(trial).length, trial));
            }
        }
        int longs = wordsPerColumn(vectors.size()) / 2;
        long total = (long) examples * longs;
        if (total > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "%d examples x %d trials are too many for one block; use smaller blocks"
                            .formatted(examples, vectors.size()));
        }
        long[] columns = new long[(int) total];
        // Nothing else of a block can be done before.
        IntStream.range(0, (examples + STRIPE - 1) / STRIPE)
                .parallel()
                .forEach(
                        stripe ->
                                transpose(
                                        vectors,
                                        stripe * STRIPE,
                                        Math.min(examples, (stripe + 1) * STRIPE),
                                        columns,
                                        longs));
        return new BitColumns(examples, vectors.size(), columns);
    }

    /** Transposes the examples in [{@code begin}, {@code end}). */
    private static void transpose(
            List<byte[]> vectors, int begin, int end, long[] columns, int longs) {
        long[] square = new long[BitTransposition.SIZE];
        for (int first = begin; first < end; first += BitTransposition.SIZE) {
            int width = Math.min(BitTransposition.SIZE, end - first);
            for (int word = 0; word * BitTransposition.SIZE < vectors.size(); word++) {
                load(vectors, word * BitTransposition.SIZE, first >> 3, square);
                BitTransposition.transpose(square);
                for (int i = 0; i < width; i++) {
                    columns[(first + i) * longs + word] = square[i];
                }
            }
        }
    }

    private static void load(List<byte[]> vectors, int trial, int at, long[] square) {
        int present = Math.min(square.length, vectors.size() - trial);
        for (int row = 0; row < present; row++) {
            square[row] = longAt(vectors.get(trial + row), at);
        }
        Arrays.fill(square, present, square.length, 0);
    }

    private static long longAt(byte[] packed, int at) {
        if (at + Long.BYTES <= packed.length) {
            return (long) LONGS.get(packed, at);
        }
        long value = 0;
        for (int i = at; i < packed.length; i++) {
            value |= (packed[i] & 0xffL) << (i - at) * Byte.SIZE;
        }
        return value;
    }

    /** Words of 32 bits that a column of {@code trials} bits takes, padding included. */
    public static int wordsPerColumn(int trials) {
        int quantum = WORD_QUANTUM * Integer.SIZE;
        return (int) ((trials + quantum - 1L) / quantum * WORD_QUANTUM);
    }

    /** Number of examples, each with a column. */
    public int examples() {
        return examples;
    }

    /** Number of trials, the bits of a column before padding. */
    public int trials() {
        return trials;
    }

    /** Whether the bit of an example in a trial is set. */
    public boolean get(int example, int trial) {
        return (columns[example * longs + (trial >> 6)] >>> trial & 1) != 0;
    }

    /**
     * Word {@code word} of an example's column: trials {@code 32 word} to {@code 32 word + 31},
     * least significant bit first.
     */
    int word(int example, int word) {
        return (int) (columns[example * longs + (word >> 1)] >>> ((word & 1) * Integer.SIZE));
    }

    /** Words of 64 trials in a column. */
    int longsPerColumn() {
        return longs;
    }

    /** Trials {@code 64 word} to {@code 64 word + 63} of an example, likewise. */
    long longWord(int example, int word) {
        return columns[example * longs + word];
    }

    /** Writes an example's column, little-endian, {@code 4 wordsPerColumn} bytes. */
    void copyColumn(int example, byte[] target, int at) {
        int from = example * longs;
        for (int i = 0; i < longs; i++) {
            LONGS.set(target, at + i * Long.BYTES, columns[from + i]);
        }
    }
}
