/**
 * Every trial's trained model on disk, and trials made from them on other test examples. Start at
 * {@link dev.longtail.trials.saving.SavedTrials}.
 */
package dev.longtail.trials.saving;
