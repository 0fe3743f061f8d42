/**
 * From what tiles report to records in Kafka. Start reading at {@link
 * dev.longtail.aggregator.publishing.GroupFunction}.
 */
package dev.longtail.aggregator.publishing;
