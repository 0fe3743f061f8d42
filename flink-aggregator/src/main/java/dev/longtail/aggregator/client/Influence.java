package dev.longtail.aggregator.client;

import dev.longtail.estimators.Estimate;

/**
 * Influence of one training example on one test example; positive helps.
 *
 * @param train index of the training example
 * @param test index of the test example
 * @param estimate infl(i, j) with its counts; undefined where a side has no trials
 * @param from the trials it is from
 */
public record Influence(int train, int test, Estimate estimate, TrialPoint from) {}
