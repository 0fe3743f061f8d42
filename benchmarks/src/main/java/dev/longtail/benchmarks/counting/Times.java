package dev.longtail.benchmarks.counting;

import dev.longtail.estimators.Quantiles;

/**
 * How long something took, many times.
 *
 * @param count how many times
 * @param p50 median, milliseconds
 * @param p99 99th percentile, milliseconds
 * @param max longest, milliseconds
 */
record Times(int count, double p50, double p99, double max) {

    private static final double MILLI = 1e6;

    /**
     * Of measured times.
     *
     * @param nanos nanoseconds each, in any order
     * @return null where nothing was measured
     */
    static Times ofNanos(long[] nanos) {
        double[] millis = new double[nanos.length];
        for (int k = 0; k < nanos.length; k++) {
            millis[k] = nanos[k] / MILLI;
        }
        double[] quantiles = Quantiles.of(millis, 0.5, 0.99, 1);
        return quantiles.length == 0
                ? null
                : new Times(millis.length, quantiles[0], quantiles[1], quantiles[2]);
    }
}
