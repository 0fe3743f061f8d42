package dev.longtail.exchange.exporting;

import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code tr_filenames, tt_filenames} as unicode strings, {@code tr_labels, tt_labels} int64, -1
 * where unknown, and {@code tr_mem} float64, as the published index file of ImageNet.
 */
final class IndexExport implements Export {

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.texts("tr_filenames", input.names().train());
            npz.longs("tr_labels", input.trainLabels());
            npz.texts("tt_filenames", input.names().test());
            npz.longs("tt_labels", input.testLabels());
            npz.doubles("tr_mem", NpyType.FLOAT64, ExportInput.memorization(input.counter().own()));
            input.writeOrigin(npz);
        }
    }
}
