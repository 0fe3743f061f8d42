/**
 * Trained runs that people already have become trials of an experiment: {@code longtail import}.
 *
 * <p>Start reading at {@link dev.longtail.exchange.importing.TrialImport}, which moves candidates
 * from an {@link dev.longtail.exchange.importing.ImportSource} to a {@link
 * dev.longtail.exchange.importing.TrialStore}. {@link
 * dev.longtail.exchange.importing.HeldoutSource} and {@link
 * dev.longtail.exchange.importing.NpzSource} are the two kinds of files.
 */
package dev.longtail.exchange.importing;
