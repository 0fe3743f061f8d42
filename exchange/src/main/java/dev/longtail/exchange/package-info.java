/**
 * Files in and out: {@code longtail import} publishes runs that people already have as trials,
 * {@code longtail export} writes estimates in the formats that people's scripts read.
 *
 * <p>The commands are here; the work is done in {@code importing}, {@code exporting} (formats),
 * {@code replaying} (an experiment's trials, all from one moment), {@code counting} and {@code
 * numpy}.
 */
package dev.longtail.exchange;
