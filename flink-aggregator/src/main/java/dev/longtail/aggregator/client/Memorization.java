package dev.longtail.aggregator.client;

import dev.longtail.estimators.Estimate;

/**
 * Memorization of one training example.
 *
 * @param train its index
 * @param estimate mem(i) with its counts; undefined where a side has no trials
 * @param from the trials it is from
 */
public record Memorization(int train, Estimate estimate, TrialPoint from) {}
