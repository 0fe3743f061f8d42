package dev.longtail.estimators.counting;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tables of what four trials add to 128 columns, by which of the four included a row.
 *
 * <p>A table has {@value #ENTRIES} entries: entry s is the sum of the correctness bits over the
 * trials b with bit b of s set. An entry is {@link #ENTRY} words of four bytes, a byte per column:
 * byte k of word q is of column q of the k-th quarter. A word of 32 trials has {@link
 * #TABLES_PER_WORD} tables one after the other, that of its lowest four trials first.
 */
final class SubsetSumTables {

    /** AVX2's: half of what AVX-512 offers, but then bits are counted, which is faster. */
    static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_256;

    static final int LANES = SPECIES.length();

    /** Trials of a table. */
    static final int TRIALS = 4;

    static final int ENTRIES = 1 << TRIALS;

    /** Words of an entry: four vectors, two cache lines. */
    static final int ENTRY = 4 * LANES;

    /** Words of a table. */
    static final int TABLE = ENTRIES * ENTRY;

    static final int TABLES_PER_WORD = Integer.SIZE / TRIALS;

    private static final int EVEN_BYTES = 0x00ff00ff;
    private static final int LOW_HALF = 0xffff;
    private static final int LOW_BITS = 0x01010101;

    private SubsetSumTables() {}

    /** Why vectors of this size are no gain here, or empty when they are. */
    static String whyNot() {
        int bits = IntVector.SPECIES_PREFERRED.vectorBitSize();
        return bits < SPECIES.vectorBitSize()
                ? "vectors have %d bits here, not %d".formatted(bits, SPECIES.vectorBitSize())
                : "";
    }

    /**
     * Makes words of 32 trials of one column words of eight trials of four columns, in place: as
     * {@link #make} wants them.
     *
     * @param words four lines of {@code length} words, one per quarter of columns; then line k has
     *     trials 8 k to 8 k + 7, and byte b of its words is of quarter b
     * @param length a multiple of {@link #LANES}
     */
    static void transpose(int[] words, int from, int length) {
        for (int at = from; at < from + length; at += LANES) {
            IntVector q0 = IntVector.fromArray(SPECIES, words, at);
            IntVector q1 = IntVector.fromArray(SPECIES, words, at + length);
            IntVector q2 = IntVector.fromArray(SPECIES, words, at + 2 * length);
            IntVector q3 = IntVector.fromArray(SPECIES, words, at + 3 * length);
            IntVector even01 = q0.and(EVEN_BYTES).or(q1.and(EVEN_BYTES).lanewise(LSHL, Byte.SIZE));
            IntVector even23 = q2.and(EVEN_BYTES).or(q3.and(EVEN_BYTES).lanewise(LSHL, Byte.SIZE));
            IntVector odd01 = q0.lanewise(LSHR, Byte.SIZE).and(EVEN_BYTES).or(q1.and(~EVEN_BYTES));
            IntVector odd23 = q2.lanewise(LSHR, Byte.SIZE).and(EVEN_BYTES).or(q3.and(~EVEN_BYTES));
            even01.and(LOW_HALF).or(even23.lanewise(LSHL, Short.SIZE)).intoArray(words, at);
            odd01.and(LOW_HALF).or(odd23.lanewise(LSHL, Short.SIZE)).intoArray(words, at + length);
            even01.lanewise(LSHR, Short.SIZE)
                    .or(even23.and(~LOW_HALF))
                    .intoArray(words, at + 2 * length);
            odd01.lanewise(LSHR, Short.SIZE)
                    .or(odd23.and(~LOW_HALF))
                    .intoArray(words, at + 3 * length);
        }
    }

    /**
     * Makes the tables of a word of trials.
     *
     * @param target receives {@link #TABLES_PER_WORD} tables from {@code at} on
     * @param words what {@link #transpose} has made
     * @param from first column
     * @param length of a line
     */
    static void make(int[] target, int at, int[] words, int from, int length) {
        for (int table = 0; table < TABLES_PER_WORD; table++) {
            int line = from + table / 2 * length;
            int shift = table % 2 * TRIALS;
            for (int v = 0; v < ENTRY; v += LANES) {
                makeVector(target, at + table * TABLE + v, words, line + v, shift);
            }
        }
    }

    /** One vector of each entry, of the trials from bit {@code shift} of each byte on. */
    private static void makeVector(int[] target, int at, int[] words, int from, int shift) {
        IntVector trials = IntVector.fromArray(SPECIES, words, from).lanewise(LSHR, shift);
        IntVector b0 = trials.and(LOW_BITS);
        IntVector b1 = trials.lanewise(LSHR, 1).and(LOW_BITS);
        IntVector b2 = trials.lanewise(LSHR, 2).and(LOW_BITS);
        IntVector b3 = trials.lanewise(LSHR, 3).and(LOW_BITS);
        IntVector b01 = b0.add(b1);
        IntVector b23 = b2.add(b3);
        IntVector.zero(SPECIES).intoArray(target, at);
        b0.intoArray(target, at + ENTRY);
        b1.intoArray(target, at + 2 * ENTRY);
        b01.intoArray(target, at + 3 * ENTRY);
        b2.intoArray(target, at + 4 * ENTRY);
        b2.add(b0).intoArray(target, at + 5 * ENTRY);
        b2.add(b1).intoArray(target, at + 6 * ENTRY);
        b2.add(b01).intoArray(target, at + 7 * ENTRY);
        b3.intoArray(target, at + 8 * ENTRY);
        b3.add(b0).intoArray(target, at + 9 * ENTRY);
        b3.add(b1).intoArray(target, at + 10 * ENTRY);
        b3.add(b01).intoArray(target, at + 11 * ENTRY);
        b23.intoArray(target, at + 12 * ENTRY);
        b23.add(b0).intoArray(target, at + 13 * ENTRY);
        b23.add(b1).intoArray(target, at + 14 * ENTRY);
        b23.add(b01).intoArray(target, at + 15 * ENTRY);
    }
}
