/**
 * How the job's messages become bytes between its tasks. Start reading at {@link
 * dev.longtail.aggregator.wire.BinaryForm}.
 */
package dev.longtail.aggregator.wire;
