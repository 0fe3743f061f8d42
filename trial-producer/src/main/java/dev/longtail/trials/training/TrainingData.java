package dev.longtail.trials.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.data.Images;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.stream.IntStream;

/**
 * A data set, standardised, as sessions train on it and are asked about it. Whether it is kept in
 * memory or not, a trial has the same outcome. Safe for use by several threads.
 */
abstract sealed class TrainingData permits ResidentData, StreamedData {

    /** Values in a chunk: enough to be fast, few enough to bound memory. */
    private static final int CHUNK_VALUES = 1 << 23;

    private static final int LARGEST_CHUNK = 4096;

    private final Dataset dataset;
    private final Standardization standardization;
    private final ImageShape shape;

    /**
     * Pictures and labels as tensors named x and y.
     *
     * @param x [k, height, width, channels]
     * @param y [k]
     */
    record Chunk(NDArray x, NDArray y) {}

    TrainingData(Dataset dataset) {
        this.dataset = dataset;
        this.standardization = Standardization.of(dataset.train().images());
        this.shape = dataset.train().images().shape();
    }

    /**
     * Keeps the data in memory where that takes no more than the given number of bytes.
     *
     * @param manager owns tensors that are kept
     */
    static TrainingData of(Dataset dataset, NDManager manager, long memoryBytes) {
        long values =
                ((long) dataset.train().size() + dataset.test().size())
                        * dataset.train().images().shape().length();
        return values * Float.BYTES <= memoryBytes
                ? new ResidentData(dataset, manager)
                : new StreamedData(dataset);
    }

    /**
     * Takes the steps of an epoch.
     *
     * @param index training examples, step by step, [steps x batch]
     * @return mean loss over the steps
     */
    abstract float train(ModelSession session, int[] index, int batch, float rate, float momentum);

    /** Which training examples the session's model predicts right, as packed bits. */
    abstract byte[] evaluateTrain(ModelSession session);

    /** Which test examples the session's model predicts right, as packed bits. */
    abstract byte[] evaluateTest(ModelSession session);

    final Dataset dataset() {
        return dataset;
    }

    /** Examples that are worked on at once. */
    final int chunkSize() {
        return Math.max(1, Math.min(LARGEST_CHUNK, CHUNK_VALUES / shape.length()));
    }

    /** Consecutive examples as tensors. */
    final Chunk chunk(ExampleSet examples, int from, int to, NDManager manager) {
        return chunk(examples, IntStream.range(from, to).toArray(), manager);
    }

    /** Some examples as tensors. */
    final Chunk chunk(ExampleSet examples, int[] indices, NDManager manager) {
        return chunk(examples, indices, standardization, manager);
    }

    /** Some examples as tensors. */
    static Chunk chunk(
            ExampleSet examples,
            int[] indices,
            Standardization standardization,
            NDManager manager) {
        Images images = examples.images();
        ImageShape shape = images.shape();
        int length = shape.length();
        float[] values = new float[Math.multiplyExact(indices.length, length)];
        int[] labels = new int[indices.length];
        for (int k = 0; k < indices.length; k++) {
            images.copyTo(indices[k], values, k * length);
            standardization.apply(values, k * length, length);
            labels[k] = examples.labels()[indices[k]];
        }
        NDArray x =
                manager.create(
                        FloatBuffer.wrap(values),
                        new Shape(indices.length, shape.height(), shape.width(), shape.channels()));
        NDArray y = manager.create(IntBuffer.wrap(labels), new Shape(indices.length));
        // Named here, once: sessions of several threads use the same tensors.
        x.setName("x");
        y.setName("y");
        return new Chunk(x, y);
    }

    /** Sets the bits of the examples of a chunk that are predicted right. */
    static void mark(ModelSession session, Chunk chunk, byte[] correct, int first) {
        boolean[] right = session.evaluate(chunk.x(), chunk.y());
        for (int k = 0; k < right.length; k++) {
            if (right[k]) {
                PackedBits.set(correct, first + k);
            }
        }
    }
}
