package dev.longtail.exchange;

import dev.longtail.exchange.exporting.ExportFormat;

/** Reads the values of the option. */
final class ExportFormatConverter extends DashedEnumConverter<ExportFormat> {

    ExportFormatConverter() {
        super(ExportFormat.class);
    }
}
