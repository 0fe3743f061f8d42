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
import java.util.List;
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

    /** Steps of training on examples. */
    @FunctionalInterface
    interface Steps {

        /**
         * Takes them.
         *
         * @param index positions in x and y, step by step
         * @return mean loss over the steps, one per model
         */
        float[] take(int[] index, NDArray x, NDArray y);
    }

    /** A trained model. */
    @FunctionalInterface
    interface Predictor {

        /** Whether each of some examples is predicted right. */
        boolean[] evaluate(NDArray x, NDArray y);
    }

    /**
     * Takes the steps of an epoch.
     *
     * @param manager under which tensors are made that are not kept
     * @param index training examples, step by step, [steps x examplesPerStep]
     * @return mean loss over the steps, one per model
     */
    abstract float[] train(NDManager manager, int[] index, int examplesPerStep, Steps steps);

    /**
     * Which training examples models predict right.
     *
     * @param manager under which tensors are made that are not kept
     * @return packed bits per model
     */
    abstract List<byte[]> evaluateTrain(NDManager manager, List<Predictor> models);

    /**
     * Which test examples models predict right.
     *
     * @param manager under which tensors are made that are not kept
     * @return packed bits per model
     */
    abstract List<byte[]> evaluateTest(NDManager manager, List<Predictor> models);

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

    /** No example predicted right yet. */
    static List<byte[]> noneCorrect(List<Predictor> models, int examples) {
        return models.stream().map(model -> new byte[PackedBits.byteLength(examples)]).toList();
    }

    /** Sets the bits of the examples of a chunk that are predicted right, for each model. */
    static void mark(List<Predictor> models, Chunk chunk, List<byte[]> correct, int first) {
        for (int m = 0; m < models.size(); m++) {
            boolean[] right = models.get(m).evaluate(chunk.x(), chunk.y());
            for (int k = 0; k < right.length; k++) {
                if (right[k]) {
                    PackedBits.set(correct.get(m), first + k);
                }
            }
        }
    }
}
