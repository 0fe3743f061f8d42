package dev.longtail.dashboard.downloads;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes a table as CSV (RFC 4180). Undefined numbers are empty cells. Text that a spreadsheet
 * would take for a formula gets an apostrophe in front: names come from whoever publishes examples.
 */
final class Csv implements AutoCloseable {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CsvGenerator out;

    Csv(String... columns) {
        CsvSchema.Builder schema = CsvSchema.builder();
        for (String column : columns) {
            schema.addColumn(column);
        }
        try {
            out = new CsvMapper().getFactory().createGenerator(bytes);
            out.enable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.setSchema(schema.build().withHeader().withLineSeparator("\r\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one row: numbers, texts or null. */
    void row(Object... cells) {
        try {
            out.writeStartArray();
            for (Object cell : cells) {
                write(cell);
            }
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Object cell) throws IOException {
        if (cell instanceof Double number && !Double.isFinite(number)) {
            out.writeNull();
        } else if (cell instanceof String text) {
            out.writeString(harmless(text));
        } else if (cell instanceof Boolean flag) {
            out.writeString(flag.toString());
        } else if (cell instanceof Double number) {
            out.writeNumber(number);
        } else if (cell instanceof Number number) {
            out.writeNumber(number.longValue());
        } else {
            out.writeNull();
        }
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    byte[] bytes() {
        close();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
