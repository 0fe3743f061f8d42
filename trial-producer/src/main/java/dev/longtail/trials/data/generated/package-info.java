/**
 * The built-in data set: digits drawn stroke by stroke in writing styles whose frequencies have a
 * long tail, with everything planted on record. Start at {@link
 * dev.longtail.trials.data.generated.LongTailDigits}.
 */
package dev.longtail.trials.data.generated;
