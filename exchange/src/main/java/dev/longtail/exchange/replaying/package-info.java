/**
 * The trials of an experiment as they are in its topics at one moment, checked and without repeats,
 * exactly those that the job counts.
 */
package dev.longtail.exchange.replaying;
