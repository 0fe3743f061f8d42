/**
 * Reading trials from Kafka. Start reading at {@link dev.longtail.aggregator.source.TrialSource}.
 */
package dev.longtail.aggregator.source;
