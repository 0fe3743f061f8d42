package dev.longtail.trials.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.ImageShape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set as tensors, standardised, for all sessions of a process together.
 *
 * @param trainX all training pictures, [n, height, width, channels]
 * @param trainY their labels, [n]
 * @param trainChunks the same for evaluation, in chunks of bounded size
 * @param testChunks the test examples
 */
record TensorData(NDArray trainX, NDArray trainY, List<Chunk> trainChunks, List<Chunk> testChunks) {

    /** Examples evaluated at once: enough to be fast, few enough to bound memory. */
    private static final int CHUNK = 4096;

    /**
     * Consecutive examples.
     *
     * @param x pictures, [k, height, width, channels]
     * @param y labels, [k]
     */
    record Chunk(NDArray x, NDArray y) {}

    /**
     * Makes the tensors.
     *
     * @param manager owns them
     */
    static TensorData of(Dataset dataset, NDManager manager) {
        Standardization standardization = Standardization.of(dataset.train().images());
        Chunk all = chunk(dataset.train(), standardization, 0, dataset.train().size(), manager);
        return new TensorData(
                all.x(),
                all.y(),
                dataset.train().size() <= CHUNK
                        ? List.of(all)
                        : chunks(dataset.train(), standardization, manager),
                chunks(dataset.test(), standardization, manager));
    }

    private static List<Chunk> chunks(
            ExampleSet examples, Standardization standardization, NDManager manager) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += CHUNK) {
            int to = Math.min(examples.size(), from + CHUNK);
            chunks.add(chunk(examples, standardization, from, to, manager));
        }
        return chunks;
    }

    private static Chunk chunk(
            ExampleSet examples,
            Standardization standardization,
            int from,
            int to,
            NDManager manager) {
        ImageShape shape = examples.images().shape();
        int length = shape.length();
        float[] values = new float[Math.multiplyExact(to - from, length)];
        for (int i = from; i < to; i++) {
            int offset = (i - from) * length;
            examples.images().copyTo(i, values, offset);
            standardization.apply(values, offset, length);
        }
        NDArray x =
                manager.create(
                        FloatBuffer.wrap(values),
                        new Shape(to - from, shape.height(), shape.width(), shape.channels()));
        NDArray y =
                manager.create(
                        IntBuffer.wrap(examples.labels(), from, to - from).slice(),
                        new Shape(to - from));
        // Named here, once: sessions of several threads use the same tensors.
        x.setName("x");
        y.setName("y");
        return new Chunk(x, y);
    }
}
