package dev.longtail.estimators;

import java.util.Arrays;

/**
 * Where values are in a sorted array. A binary search over a million values waits for memory at
 * each of its twenty steps; here as many buckets of equal width as there are values say where to
 * look, which leaves a step or two.
 */
final class SortedPositions {

    private final double[] sorted;
    private final int buckets;
    private final double perValue;

    /** Per bucket: the first position that can be in it; one more for the end. */
    private final int[] starts;

    /**
     * Positions in an array.
     *
     * @param sorted ascending, without NaN; not copied
     */
    SortedPositions(double[] sorted) {
        this.sorted = sorted;
        this.buckets = Math.max(1, sorted.length);
        double range = sorted.length == 0 ? 0 : sorted[sorted.length - 1] - sorted[0];
        double factor = buckets / range;
        this.perValue = Double.isFinite(factor) && Double.isFinite(range) ? factor : 0;
        this.starts = new int[buckets + 1];
        int bucket = 0;
        for (int position = 0; position < sorted.length; position++) {
            int own = bucket(sorted[position]);
            while (bucket < own) {
                starts[++bucket] = position;
            }
        }
        Arrays.fill(starts, bucket + 1, buckets + 1, sorted.length);
    }

    /**
     * A position of a value.
     *
     * @param value one of the array's
     */
    int of(double value) {
        int bucket = bucket(value);
        return Arrays.binarySearch(sorted, starts[bucket], starts[bucket + 1], value);
    }

    /** Never falls while values rise: each rounding keeps their order. */
    private int bucket(double value) {
        return Math.min(buckets - 1, (int) ((value - sorted[0]) * perValue));
    }
}
