package dev.longtail.exchange.exporting;

import dev.longtail.exchange.counting.CountedRectangle;
import dev.longtail.exchange.counting.Rectangle;
import dev.longtail.exchange.counting.TrialCounter;
import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpyWriter;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code memorization} [n] and {@code influence} [n', n], float32, as the reference MNIST script
 * saves them. The script has 0 where a side has no trials; here it is NaN.
 *
 * <p>Memory holds the counters of a band of test examples at a time; each band is a pass over the
 * trials.
 */
final class ReferenceExport implements Export {

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        TrialCounter counter = input.counter();
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.doubles("memorization", NpyType.FLOAT32, ExportInput.memorization(counter.own()));
            input.writeOrigin(npz);
            try (NpyWriter influence =
                    npz.array("influence", NpyType.FLOAT32, input.testSize(), input.trainSize())) {
                counter.count(bands(input), band -> writeBand(band, influence));
            }
        }
    }

    private static List<Rectangle> bands(ExportInput input) {
        int[] train = Rectangle.range(0, input.trainSize());
        int width = input.counter().columnsWithin(train.length);
        List<Rectangle> bands = new ArrayList<>();
        for (int first = 0; first < input.testSize(); first += width) {
            int end = Math.min(input.testSize(), first + width);
            bands.add(new Rectangle(train, Rectangle.range(first, end)));
        }
        return bands;
    }

    private static void writeBand(CountedRectangle band, NpyWriter influence) throws IOException {
        int rows = band.rectangle().train().length;
        for (int column = 0; column < band.rectangle().test().length; column++) {
            for (int row = 0; row < rows; row++) {
                influence.write(ExportInput.value(band.pair(row, column)));
            }
        }
    }
}
