/**
 * What training costs. Start at {@link dev.longtail.benchmarks.training.TrainingBenchCommand}; each
 * model is measured in a {@link dev.longtail.benchmarks.training.TrainingProcess} of its own.
 */
package dev.longtail.benchmarks.training;
