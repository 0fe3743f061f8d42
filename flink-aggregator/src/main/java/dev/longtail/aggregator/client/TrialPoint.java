package dev.longtail.aggregator.client;

/**
 * From which trials an answer is. Answers of one block agree exactly.
 *
 * @param block number of the last block of trials counted
 * @param trials t, trials counted
 */
public record TrialPoint(long block, long trials) {}
