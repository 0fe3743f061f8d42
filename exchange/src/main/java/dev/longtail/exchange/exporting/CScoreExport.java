package dev.longtail.exchange.exporting;

import dev.longtail.exchange.counting.CountedRectangle;
import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code labels} int64, -1 where unknown, and {@code scores} float64: the share of models trained
 * without an example that are right on it, [JZTM21] at this experiment's subset ratio.
 */
final class CScoreExport implements Export {

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        CountedRectangle own = input.counter().own();
        double[] scores = new double[input.trainSize()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = own.own(i).outAccuracy();
        }
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.longs("labels", input.trainLabels());
            npz.doubles("scores", NpyType.FLOAT64, scores);
            input.writeOrigin(npz);
        }
    }
}
