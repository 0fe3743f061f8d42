/**
 * Counting without Flink: blocks of trials become bit columns, and bit columns become counters.
 *
 * <p>The way of a trial: {@link dev.longtail.estimators.counting.TrialBlock} transposes pending
 * trials, {@link dev.longtail.estimators.counting.TileBlock} is what one tile of the pair matrix
 * needs of them, {@link dev.longtail.estimators.counting.TileCounts} folds it by a {@link
 * dev.longtail.estimators.counting.FoldKernel}, and {@link
 * dev.longtail.estimators.counting.TileCountsView} answers for single pairs from the stored bytes.
 */
package dev.longtail.estimators.counting;
