/**
 * Numbering distinct trials and sending them to the tiles in blocks. Start reading at {@link
 * dev.longtail.aggregator.sequencing.SequencerFunction}.
 */
package dev.longtail.aggregator.sequencing;
