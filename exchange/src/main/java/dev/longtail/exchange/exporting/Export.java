package dev.longtail.exchange.exporting;

import java.io.IOException;
import java.nio.file.Path;

/** Writes one format. Values without trials on one side are NaN, never 0. */
@FunctionalInterface
interface Export {

    /**
     * Writes a file or directory that does not exist yet.
     *
     * @throws ExportException when the experiment lacks what the format needs
     */
    void write(ExportInput input, Path out) throws IOException;
}
