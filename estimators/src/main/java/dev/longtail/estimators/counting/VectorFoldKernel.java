package dev.longtail.estimators.counting;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel with the Vector API: four rows by two vectors of columns at a time, their eight sums
 * in registers over all trials of the block.
 *
 * <p>The two vectors are columns c and c + H, the two halves of narrow counters' words, so that the
 * sums are merged without leaving the registers. Loaded only where {@link VectorApi} allows it.
 */
final class VectorFoldKernel implements FoldKernel {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STRIP = 2 * LANES;
    private static final int ROWS = 4;

    /** Looked up because it is younger than the Java release that this class is compiled for. */
    private static final VectorOperators.Unary BIT_COUNT = bitCount();

    private int[] strip = new int[0];
    private final int[] spill = new int[ROWS * STRIP];

    private static VectorOperators.Unary bitCount() {
        try {
            return (VectorOperators.Unary) VectorOperators.class.getField("BIT_COUNT").get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public String description() {
        return "Vector API, %d-bit vectors".formatted(SPECIES.vectorBitSize());
    }

    @Override
    public void fold(int[] masks, int[] planes, int words, PairCounters counters) {
        if (strip.length < words * STRIP) {
            strip = new int[words * STRIP];
        }
        int half = counters.half();
        for (int column = 0; column < half; column += LANES) {
            int low = Math.min(LANES, half - column);
            int high = Math.max(0, Math.min(LANES, counters.columns() - half - column));
            gather(planes, words, counters.columns(), column, low, column + half, high);
            int row = 0;
            for (; row + ROWS <= counters.rows(); row += ROWS) {
                sumRows(masks, row * words, words);
                merge(counters, row, ROWS, column, low, high);
            }
            for (; row < counters.rows(); row++) {
                sumRow(masks, row * words, words);
                merge(counters, row, 1, column, low, high);
            }
        }
    }

    /** Lays the strip's planes one after the other; lanes without a column may hold anything. */
    private void gather(
            int[] planes, int words, int columns, int first, int low, int second, int high) {
        for (int w = 0; w < words; w++) {
            System.arraycopy(planes, w * columns + first, strip, w * STRIP, low);
            System.arraycopy(planes, w * columns + second, strip, w * STRIP + LANES, high);
        }
    }

    private void sumRows(int[] masks, int at, int words) {
        IntVector low0 = IntVector.zero(SPECIES);
        IntVector low1 = low0;
        IntVector low2 = low0;
        IntVector low3 = low0;
        IntVector high0 = low0;
        IntVector high1 = low0;
        IntVector high2 = low0;
        IntVector high3 = low0;
        for (int w = 0; w < words; w++) {
            IntVector low = IntVector.fromArray(SPECIES, strip, w * STRIP);
            IntVector high = IntVector.fromArray(SPECIES, strip, w * STRIP + LANES);
            IntVector m0 = IntVector.broadcast(SPECIES, masks[at + w]);
            IntVector m1 = IntVector.broadcast(SPECIES, masks[at + words + w]);
            IntVector m2 = IntVector.broadcast(SPECIES, masks[at + 2 * words + w]);
            IntVector m3 = IntVector.broadcast(SPECIES, masks[at + 3 * words + w]);
            low0 = low0.add(low.and(m0).lanewise(BIT_COUNT));
            high0 = high0.add(high.and(m0).lanewise(BIT_COUNT));
            low1 = low1.add(low.and(m1).lanewise(BIT_COUNT));
            high1 = high1.add(high.and(m1).lanewise(BIT_COUNT));
            low2 = low2.add(low.and(m2).lanewise(BIT_COUNT));
            high2 = high2.add(high.and(m2).lanewise(BIT_COUNT));
            low3 = low3.add(low.and(m3).lanewise(BIT_COUNT));
            high3 = high3.add(high.and(m3).lanewise(BIT_COUNT));
        }
        store(0, low0, high0);
        store(1, low1, high1);
        store(2, low2, high2);
        store(3, low3, high3);
    }

    private void sumRow(int[] masks, int at, int words) {
        IntVector low = IntVector.zero(SPECIES);
        IntVector high = low;
        for (int w = 0; w < words; w++) {
            IntVector mask = IntVector.broadcast(SPECIES, masks[at + w]);
            low =
                    low.add(
                            IntVector.fromArray(SPECIES, strip, w * STRIP)
                                    .and(mask)
                                    .lanewise(BIT_COUNT));
            high =
                    high.add(
                            IntVector.fromArray(SPECIES, strip, w * STRIP + LANES)
                                    .and(mask)
                                    .lanewise(BIT_COUNT));
        }
        store(0, low, high);
    }

    private void store(int row, IntVector low, IntVector high) {
        low.intoArray(spill, row * STRIP);
        high.intoArray(spill, row * STRIP + LANES);
    }

    private void merge(PairCounters counters, int row, int rows, int column, int low, int high) {
        int[] words = counters.words();
        for (int r = 0; r < rows; r++) {
            int from = r * STRIP;
            if (counters.isWide()) {
                int at = (row + r) * counters.columns() + column;
                for (int i = 0; i < low; i++) {
                    words[at + i] += spill[from + i];
                }
                for (int i = 0; i < high; i++) {
                    words[at + counters.half() + i] += spill[from + LANES + i];
                }
            } else {
                int at = (row + r) * counters.half() + column;
                if (high == LANES) {
                    IntVector.fromArray(SPECIES, words, at)
                            .add(IntVector.fromArray(SPECIES, spill, from))
                            .add(
                                    IntVector.fromArray(SPECIES, spill, from + LANES)
                                            .lanewise(VectorOperators.LSHL, Short.SIZE))
                            .intoArray(words, at);
                } else {
                    for (int i = 0; i < low; i++) {
                        words[at + i] +=
                                spill[from + i]
                                        + (i < high ? spill[from + LANES + i] << Short.SIZE : 0);
                    }
                }
            }
        }
    }
}
