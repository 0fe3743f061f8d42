/**
 * Which training examples a trial includes, and where all its randomness comes from. Start at
 * {@link dev.longtail.trials.sampling.TrialSeeds}.
 */
package dev.longtail.trials.sampling;
