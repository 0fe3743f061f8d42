package dev.longtail.exchange.compare;

import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpyWriter;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Small files in the published formats, all of the same three training and two test examples. */
final class PublishedFiles {

    static final double[] MEMORIZATION = {0.9, 0.1, 0.5};

    /** Influence by training example, then test example. */
    static final double[][] INFLUENCE = {{0.4, 0.05}, {0.5, 0.5}, {-0.2, 0.2}};

    private PublishedFiles() {}

    static Path pairs(Path file) throws IOException {
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.longs("tr_idx", new long[] {0, 2});
            npz.longs("tt_idx", new long[] {0, 1});
            npz.doubles("infl", NpyType.FLOAT64, new double[] {0.4, 0.2});
            npz.doubles("mem", NpyType.FLOAT64, new double[] {0.9, 0.5});
        }
        return file;
    }

    static Path reference(Path file) throws IOException {
        return reference(file, false);
    }

    static Path reference(Path file, boolean convergedOnly) throws IOException {
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.doubles("memorization", NpyType.FLOAT64, MEMORIZATION);
            npz.scalar("trials", 2_000);
            if (convergedOnly) {
                npz.flag("converged_only", true);
            }
            try (NpyWriter influence = npz.array("influence", NpyType.FLOAT64, 2, 3)) {
                for (int test = 0; test < 2; test++) {
                    for (double[] row : INFLUENCE) {
                        influence.write(row[test]);
                    }
                }
            }
        }
        return file;
    }

    static Path perClass(Path file) throws IOException {
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.longs("tr_labels", new int[] {0, 0, 1});
            npz.longs("tt_labels", new int[] {0, 1});
            npz.doubles("tr_mem", NpyType.FLOAT64, MEMORIZATION);
            npz.longs("tr_classidx_0", new int[] {0, 1});
            npz.longs("tt_classidx_0", new int[] {0});
            npz.longs("tr_classidx_1", new int[] {2});
            npz.longs("tt_classidx_1", new int[] {1});
            try (NpyWriter matrix = npz.array("infl_matrix_class0", NpyType.FLOAT64, 2, 1)) {
                matrix.write(0.4);
                matrix.write(0.5);
            }
            try (NpyWriter matrix = npz.array("infl_matrix_class1", NpyType.FLOAT64, 1, 1)) {
                matrix.write(0.2);
            }
        }
        return file;
    }
}
