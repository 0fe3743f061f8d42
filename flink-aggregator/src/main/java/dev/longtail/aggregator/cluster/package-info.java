/**
 * A Flink cluster within one process, for one machine. Start reading at {@link
 * dev.longtail.aggregator.cluster.EmbeddedCluster}.
 */
package dev.longtail.aggregator.cluster;
