/**
 * Models that carry their own training. {@link dev.longtail.trials.training.TrainableModel} builds
 * a TensorFlow graph with the signatures {@code init}, {@code train} and {@code evaluate} and saves
 * it; {@link dev.longtail.trials.training.ModelSession} loads such a model, one's own or a foreign
 * one, through DJL; {@link dev.longtail.trials.training.TrialTrainer} runs trials: one after the
 * other, or many linear ones together.
 */
package dev.longtail.trials.training;
