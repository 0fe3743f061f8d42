/**
 * Counts of any rectangle of pairs from one fixed list of trials, with bounded memory: what exports
 * and checks against the job are made of.
 *
 * <p>Start reading at {@link dev.longtail.exchange.counting.TrialSpool}, the list of trials on
 * disk, and {@link dev.longtail.exchange.counting.TrialCounter}, which passes over it.
 */
package dev.longtail.exchange.counting;
