/**
 * The trial producer: trains one model per trial on a random subset of the training examples and
 * publishes which examples it gets right. Start at {@link dev.longtail.trials.TrainCommand}; {@link
 * dev.longtail.trials.data} is what is trained on, {@link dev.longtail.trials.sampling} which
 * examples are included, {@link dev.longtail.trials.training} how, {@link
 * dev.longtail.trials.publishing} where the outcome goes.
 */
package dev.longtail.trials;
