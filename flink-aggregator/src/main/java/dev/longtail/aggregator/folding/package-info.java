/**
 * Counting blocks of trials into tiles. Start reading at {@link
 * dev.longtail.aggregator.folding.FoldFunction}.
 */
package dev.longtail.aggregator.folding;
