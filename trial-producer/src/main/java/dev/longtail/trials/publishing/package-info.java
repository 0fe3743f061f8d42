/**
 * From outcomes to Kafka. Start at {@link dev.longtail.trials.publishing.ExperimentPublisher} (what
 * the experiment is, before the first trial) and {@link
 * dev.longtail.trials.publishing.TrialPublisher} (trials).
 */
package dev.longtail.trials.publishing;
