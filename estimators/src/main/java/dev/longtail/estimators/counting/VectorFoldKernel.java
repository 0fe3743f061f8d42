package dev.longtail.estimators.counting;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel with the Vector API: four rows by two vectors of columns at a time, their eight sums
 * in registers over all trials of the block.
 *
 * <p>The two vectors are columns c and c + H, the two halves of narrow counters' words, so that the
 * sums of a pair of vectors are merged into one vector of words without leaving the registers.
 * Where the counters are wide or the columns do not fill the vectors, the words go to scratch
 * memory first. Loaded only where {@link VectorApi} allows it.
 */
final class VectorFoldKernel implements FoldKernel {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STRIP = 2 * LANES;
    private static final int ROWS = 4;

    /** Words whose trials cannot exceed a half word: 65,408 trials. */
    private static final int CHUNK = 2044;

    /** Looked up because it is younger than the Java release that this class is compiled for. */
    private static final VectorOperators.Unary BIT_COUNT = bitCount();

    private final int[] scratch = new int[ROWS * LANES];
    private int[] strip = new int[0];

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
        for (int word = 0; word < words; word += CHUNK) {
            int chunk = Math.min(CHUNK, words - word);
            if (strip.length < chunk * STRIP) {
                strip = new int[chunk * STRIP];
            }
            for (int column = 0; column < counters.half(); column += LANES) {
                gather(planes, word, chunk, counters, column);
                foldStrip(masks, word, chunk, words, counters, column);
            }
        }
    }

    /** Lays the strip's planes one after the other; lanes without a column are 0. */
    private void gather(int[] planes, int word, int chunk, PairCounters counters, int column) {
        int columns = counters.columns();
        int low = lowLanes(counters, column);
        int high = highLanes(counters, column);
        if (low + high < STRIP) {
            Arrays.fill(strip, 0, chunk * STRIP, 0);
        }
        for (int w = 0; w < chunk; w++) {
            int from = (word + w) * columns + column;
            System.arraycopy(planes, from, strip, w * STRIP, low);
            System.arraycopy(planes, from + counters.half(), strip, w * STRIP + LANES, high);
        }
    }

    private static int lowLanes(PairCounters counters, int column) {
        return Math.min(LANES, counters.half() - column);
    }

    private static int highLanes(PairCounters counters, int column) {
        return Math.max(0, Math.min(LANES, counters.columns() - counters.half() - column));
    }

    private void foldStrip(
            int[] masks, int word, int chunk, int words, PairCounters counters, int column) {
        int half = counters.half();
        boolean direct = !counters.isWide() && highLanes(counters, column) == LANES;
        int row = 0;
        for (; row + ROWS <= counters.rows(); row += ROWS) {
            int at = row * words + word;
            if (direct) {
                addRows(masks, at, words, chunk, counters.words(), row * half + column, half);
            } else {
                Arrays.fill(scratch, 0);
                addRows(masks, at, words, chunk, scratch, 0, LANES);
                unpack(counters, row, ROWS, column);
            }
        }
        for (; row < counters.rows(); row++) {
            Arrays.fill(scratch, 0);
            addRow(masks, row * words + word, chunk);
            unpack(counters, row, 1, column);
        }
    }

    /** Adds the packed sums of four rows, whose masks are {@code stride} words apart. */
    private void addRows(
            int[] masks, int at, int stride, int chunk, int[] target, int to, int targetStride) {
        IntVector low0 = IntVector.zero(SPECIES);
        IntVector low1 = low0;
        IntVector low2 = low0;
        IntVector low3 = low0;
        IntVector high0 = low0;
        IntVector high1 = low0;
        IntVector high2 = low0;
        IntVector high3 = low0;
        for (int w = 0; w < chunk; w++) {
            IntVector low = IntVector.fromArray(SPECIES, strip, w * STRIP);
            IntVector high = IntVector.fromArray(SPECIES, strip, w * STRIP + LANES);
            IntVector m0 = IntVector.broadcast(SPECIES, masks[at + w]);
            IntVector m1 = IntVector.broadcast(SPECIES, masks[at + stride + w]);
            IntVector m2 = IntVector.broadcast(SPECIES, masks[at + 2 * stride + w]);
            IntVector m3 = IntVector.broadcast(SPECIES, masks[at + 3 * stride + w]);
            low0 = low0.add(low.and(m0).lanewise(BIT_COUNT));
            high0 = high0.add(high.and(m0).lanewise(BIT_COUNT));
            low1 = low1.add(low.and(m1).lanewise(BIT_COUNT));
            high1 = high1.add(high.and(m1).lanewise(BIT_COUNT));
            low2 = low2.add(low.and(m2).lanewise(BIT_COUNT));
            high2 = high2.add(high.and(m2).lanewise(BIT_COUNT));
            low3 = low3.add(low.and(m3).lanewise(BIT_COUNT));
            high3 = high3.add(high.and(m3).lanewise(BIT_COUNT));
        }
        merge(target, to, low0, high0);
        merge(target, to + targetStride, low1, high1);
        merge(target, to + 2 * targetStride, low2, high2);
        merge(target, to + 3 * targetStride, low3, high3);
    }

    /** Adds the packed sums of one row to the scratch memory. */
    private void addRow(int[] masks, int at, int chunk) {
        IntVector low = IntVector.zero(SPECIES);
        IntVector high = low;
        for (int w = 0; w < chunk; w++) {
            IntVector mask = IntVector.broadcast(SPECIES, masks[at + w]);
            IntVector first = IntVector.fromArray(SPECIES, strip, w * STRIP);
            IntVector second = IntVector.fromArray(SPECIES, strip, w * STRIP + LANES);
            low = low.add(first.and(mask).lanewise(BIT_COUNT));
            high = high.add(second.and(mask).lanewise(BIT_COUNT));
        }
        merge(scratch, 0, low, high);
    }

    private static void merge(int[] target, int at, IntVector low, IntVector high) {
        IntVector.fromArray(SPECIES, target, at)
                .add(low)
                .add(high.lanewise(VectorOperators.LSHL, Short.SIZE))
                .intoArray(target, at);
    }

    /** Adds the packed sums in the scratch memory to the counters. */
    private void unpack(PairCounters counters, int row, int rows, int column) {
        int low = lowLanes(counters, column);
        int high = highLanes(counters, column);
        for (int r = 0; r < rows; r++) {
            counters.addPacked(row + r, column, scratch, r * LANES, low, high);
        }
    }
}
