/**
 * From Kafka into the model: which experiments there are ({@link
 * dev.longtail.dashboard.topics.ExperimentCatalog}), one thread per experiment and per job output
 * that follows its topics, and reading of single records where keeping all of them would take too
 * much memory.
 */
package dev.longtail.dashboard.topics;
