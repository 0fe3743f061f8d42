package dev.longtail.exchange.exporting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The formats, named as on the command line with dashes for underscores. */
public enum ExportFormat {
    /** What the MNIST script of [FZ20] saves: all memorization and all influence estimates. */
    REFERENCE(new ReferenceExport()),
    /** The published file of high-influence pairs. */
    PAIRS(new PairsExport()),
    /** The published file of influence within each class. */
    PER_CLASS(new PerClassExport()),
    /** The published index file: names, labels and memorization. */
    INDEX(new IndexExport()),
    /** C-scores with labels, [JZTM21]. */
    CSCORE(new CScoreExport()),
    /** The trials themselves, a directory of arrays. */
    MASKS(new MasksExport()),
    /** Memorization and pairs for spreadsheets, a directory of two files. */
    CSV(new CsvExport());

    private final Export export;

    ExportFormat(Export export) {
        this.export = export;
    }

    /** Writes a file or directory that does not exist yet. */
    public void write(ExportInput input, Path out) throws IOException {
        export.write(input, out);
    }

    /** The name on the command line, for example {@code per-class}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
