/**
 * Reading estimates: from the running job's state or from the topics it writes. Start reading at
 * {@link dev.longtail.aggregator.client.EstimateReader}.
 */
package dev.longtail.aggregator.client;
