package dev.longtail.exchange.exporting;

import dev.longtail.exchange.counting.CountedRectangle;
import dev.longtail.exchange.counting.Rectangle;
import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpyWriter;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code tr_labels, tt_labels} int64, {@code tr_mem} float64, and for each class K {@code
 * tr_classidx_K, tt_classidx_K} int64 and {@code infl_matrix_classK} float64 [train, test], as
 * published. Classes without training examples have no arrays.
 *
 * <p>As many classes as fit the memory are counted in one pass over the trials; a class that does
 * not fit is cut into bands of training examples.
 */
final class PerClassExport implements Export {

    /** Part of a class's matrix: some of its rows. */
    private record Band(int label, int classRows, boolean first, Rectangle rectangle) {}

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        if (input.experiment().getTrainLabels() == null
                || input.experiment().getTestLabels() == null) {
            throw new ExportException(
                    "the experiment '%s' has no labels, which the format per-class needs; import them with --labels"
                            .formatted(input.experiment().getName()));
        }
        int[] trainLabels = input.trainLabels();
        int[] testLabels = input.testLabels();
        try (NpzWriter npz = new NpzWriter(out)) {
            input.writeOrigin(npz);
            npz.longs("tr_labels", trainLabels);
            npz.longs("tt_labels", testLabels);
            npz.doubles("tr_mem", NpyType.FLOAT64, ExportInput.memorization(input.counter().own()));
            int[] classes = Arrays.stream(trainLabels).distinct().sorted().toArray();
            Deque<Band> bands = new ArrayDeque<>();
            for (int label : classes) {
                int[] train = members(trainLabels, label);
                int[] test = members(testLabels, label);
                npz.longs("tr_classidx_" + label, train);
                npz.longs("tt_classidx_" + label, test);
                bands.addAll(bands(label, train, test, input.counter().rowsWithin(test.length)));
            }
            writeMatrices(input, npz, bands);
        }
    }

    private static int[] members(int[] labels, int label) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
    }

    private static List<Band> bands(int label, int[] train, int[] test, int height) {
        List<Band> bands = new ArrayList<>();
        for (int first = 0; first < train.length; first += height) {
            int end = Math.min(train.length, first + height);
            Rectangle rectangle = new Rectangle(Arrays.copyOfRange(train, first, end), test);
            bands.add(new Band(label, train.length, first == 0, rectangle));
        }
        return bands;
    }

    private static void writeMatrices(ExportInput input, NpzWriter npz, Deque<Band> bands)
            throws IOException {
        List<Rectangle> rectangles = bands.stream().map(Band::rectangle).toList();
        NpyWriter[] matrix = {null};
        input.counter()
                .count(
                        rectangles,
                        counted -> {
                            Band band = bands.remove();
                            if (band.first()) {
                                matrix[0] =
                                        npz.array(
                                                "infl_matrix_class" + band.label(),
                                                NpyType.FLOAT64,
                                                band.classRows(),
                                                band.rectangle().test().length);
                            }
                            writeRows(counted, matrix[0]);
                            if (bands.isEmpty() || bands.peek().first()) {
                                matrix[0].close();
                            }
                        });
    }

    private static void writeRows(CountedRectangle counted, NpyWriter matrix) throws IOException {
        for (int row = 0; row < counted.rectangle().train().length; row++) {
            for (int column = 0; column < counted.rectangle().test().length; column++) {
                matrix.write(ExportInput.value(counted.pair(row, column)));
            }
        }
    }
}
