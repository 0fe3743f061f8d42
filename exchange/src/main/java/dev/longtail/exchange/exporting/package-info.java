/**
 * Estimates in the files that people's scripts read: {@code longtail export}.
 *
 * <p>Start reading at {@link dev.longtail.exchange.exporting.Export}, what every format does with
 * {@link dev.longtail.exchange.exporting.ExportInput}, and {@link
 * dev.longtail.exchange.exporting.ExportFormat}, the list of formats. The names, types and
 * orientations of arrays are those of the files that were published with [FZ20] and [JZTM21].
 */
package dev.longtail.exchange.exporting;
