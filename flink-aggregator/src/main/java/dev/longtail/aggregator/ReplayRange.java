package dev.longtail.aggregator;

import dev.longtail.aggregator.source.StartPosition;
import java.util.OptionalDouble;

/**
 * Which part of the trials topic a job reads, and how fast.
 *
 * @param start where it begins without state
 * @param bounded whether it ends at the records that are there when it starts
 * @param recordsPerSecond at most this many records per second; empty for as fast as possible
 */
public record ReplayRange(StartPosition start, boolean bounded, OptionalDouble recordsPerSecond) {

    /** All trials, those to come included: what an experiment's own job reads. */
    public static final ReplayRange EVERYTHING =
            new ReplayRange(new StartPosition.Earliest(), false, OptionalDouble.empty());

    /** All trials that are there now. */
    public static final ReplayRange UNTIL_NOW =
            new ReplayRange(new StartPosition.Earliest(), true, OptionalDouble.empty());
}
