/**
 * What models are trained on. Start at {@link dev.longtail.trials.data.Dataset}; {@link
 * dev.longtail.trials.data.generated.LongTailDigits} draws the built-in set, {@link
 * dev.longtail.trials.data.IdxReader} reads MNIST's format.
 */
package dev.longtail.trials.data;
