package dev.longtail.estimators.counting;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Passes in vectors, sums and largest values included. Loaded only where {@link VectorApi} allows
 * it.
 */
final class VectorRowPasses implements RowPasses {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    /** So many counters of 16 bits cannot exceed an {@code int} in sum. */
    private static final int MOST_SUMMED = 1 << 15;

    private final RowPasses plain = new PlainRowPasses();

    /** Why vectors of this size are no gain here, or empty when they are. */
    static String whyNot() {
        return RUN % LANES != 0 || LANES < 8
                ? "vectors have %d bits here".formatted(SPECIES.vectorBitSize())
                : "";
    }

    @Override
    public long read(PairCounters pairs, int row, int[] inCorrect) {
        if (pairs.isWide() || inCorrect.length > MOST_SUMMED) {
            return plain.read(pairs, row, inCorrect);
        }
        int half = pairs.half();
        return split(pairs.words(), row * half, half, inCorrect);
    }

    private static long split(int[] words, int from, int half, int[] inCorrect) {
        IntVector sums = IntVector.zero(SPECIES);
        int high = inCorrect.length - half;
        int c = 0;
        for (; c + LANES <= high; c += LANES) {
            IntVector both = IntVector.fromArray(SPECIES, words, from + c);
            IntVector ofLow = both.and(PairCounters.NARROW_MAX);
            IntVector ofHigh = both.lanewise(LSHR, Short.SIZE);
            ofLow.intoArray(inCorrect, c);
            ofHigh.intoArray(inCorrect, half + c);
            sums = sums.add(ofLow).add(ofHigh);
        }
        int sum = sums.reduceLanes(ADD);
        for (; c < half; c++) {
            inCorrect[c] = words[from + c] & PairCounters.NARROW_MAX;
            sum += inCorrect[c];
            if (c < high) {
                inCorrect[half + c] = words[from + c] >>> Short.SIZE;
                sum += inCorrect[half + c];
            }
        }
        return Integer.toUnsignedLong(sum);
    }

    @Override
    public void score(int[] inCorrect, int[] correct, int a, int b, int[] scores, int[] largest) {
        int whole = scores.length / RUN;
        for (int run = 0; run < whole; run++) {
            largest[run] = score(inCorrect, correct, a, b, scores, run * RUN);
        }
        if (whole < largest.length) {
            int most = Integer.MIN_VALUE;
            for (int c = whole * RUN; c < scores.length; c++) {
                scores[c] = a * inCorrect[c] - b * correct[c];
                most = Math.max(most, scores[c]);
            }
            largest[whole] = most;
        }
    }

    private static int score(int[] inCorrect, int[] correct, int a, int b, int[] scores, int from) {
        IntVector most = IntVector.broadcast(SPECIES, Integer.MIN_VALUE);
        for (int c = from; c < from + RUN; c += LANES) {
            IntVector score =
                    IntVector.fromArray(SPECIES, inCorrect, c)
                            .mul(a)
                            .sub(IntVector.fromArray(SPECIES, correct, c).mul(b));
            score.intoArray(scores, c);
            most = most.max(score);
        }
        return most.reduceLanes(MAX);
    }

    @Override
    public void compare(int[] scores, int[] lower, int[] upper, int[] outside, int[] anyOutside) {
        int whole = scores.length / RUN;
        for (int run = 0; run < whole; run++) {
            anyOutside[run] = compare(scores, lower, upper, outside, run * RUN);
        }
        if (whole < anyOutside.length) {
            int any = 0;
            for (int c = whole * RUN; c < scores.length; c++) {
                outside[c] = upper[c] - 1 - scores[c] | scores[c] - 1 - lower[c];
                any |= outside[c];
            }
            anyOutside[whole] = any;
        }
    }

    private static int compare(int[] scores, int[] lower, int[] upper, int[] outside, int from) {
        IntVector any = IntVector.zero(SPECIES);
        for (int c = from; c < from + RUN; c += LANES) {
            IntVector score = IntVector.fromArray(SPECIES, scores, c);
            IntVector below = IntVector.fromArray(SPECIES, upper, c).sub(score).sub(1);
            IntVector above = score.sub(IntVector.fromArray(SPECIES, lower, c)).sub(1);
            IntVector signs = below.or(above);
            signs.intoArray(outside, c);
            any = any.or(signs);
        }
        return any.reduceLanes(OR);
    }
}
