/**
 * From counters to estimates: values, standard errors, intervals, selection of pairs and stopping
 * advice. Pure arithmetic; knows neither Flink nor Kafka.
 *
 * <p>Start reading at {@link dev.longtail.estimators.InOutCounts}, from which every number follows,
 * and {@link dev.longtail.estimators.Estimate}. Sources are cited as [FZ20] Feldman &amp; Zhang,
 * <i>What Neural Networks Memorize and Why</i>, 2020 (arXiv 2008.03703), and so on in each class.
 */
package dev.longtail.estimators;
