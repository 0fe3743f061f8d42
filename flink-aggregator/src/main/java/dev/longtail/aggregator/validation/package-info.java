/**
 * Which records are trials that may be counted. Start reading at {@link
 * dev.longtail.aggregator.validation.ValidationFunction}.
 */
package dev.longtail.aggregator.validation;
