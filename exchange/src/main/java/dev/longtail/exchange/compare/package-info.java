/**
 * {@code longtail compare}: how far two experiments, or an experiment and published estimates,
 * agree on what is memorized and on the high-influence pairs.
 *
 * <p>Start reading at {@link dev.longtail.exchange.compare.CompareCommand}. {@link
 * dev.longtail.exchange.compare.PublishedEstimates} reads {@code .npz} files, {@link
 * dev.longtail.exchange.compare.ExperimentEstimates} the job's topics; the arithmetic is {@link
 * dev.longtail.estimators.ExperimentComparison}.
 */
package dev.longtail.exchange.compare;
