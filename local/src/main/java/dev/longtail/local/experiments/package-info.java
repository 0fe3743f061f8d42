/**
 * Experiments as a whole: which there are and everything that belongs to one. Start reading at
 * {@link dev.longtail.local.experiments.ExperimentParts}.
 */
package dev.longtail.local.experiments;
