package dev.longtail.trials.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Random changes of the pictures of a batch during training. They follow from the model's seed and
 * the number of the step: a variable holds both.
 *
 * @param margin pixels of zeros put around a picture before a window of its size is cut out at
 *     random; 0 for none
 * @param flip whether half of the pictures are mirrored left to right
 */
record Augmentation(int margin, boolean flip) {

    static final Augmentation NONE = new Augmentation(0, false);

    private static final String STATE = "augmentation/state";

    /** Whether anything is changed at all. */
    boolean isActive() {
        return margin > 0 || flip;
    }

    /** Starts from the model's seed. */
    List<Op> init(Ops tf, Operand<TInt64> seed) {
        if (!isActive()) {
            return List.of();
        }
        return List.of(tf.assignVariableOp(open(tf), tf.stack(List.of(seed, tf.constant(0L)))));
    }

    /**
     * Changes a batch.
     *
     * @param pictures [batch, height, width, channels]
     */
    Operand<TFloat32> apply(Ops tf, Parameters parameters, Operand<TFloat32> pictures) {
        if (!isActive()) {
            return pictures;
        }
        VarHandleOp handle = open(tf);
        Operand<TInt64> state = tf.readVariableOp(handle, TInt64.class);
        parameters.addUpdate(
                tf.assignVariableOp(handle, tf.math.add(state, tf.constant(new long[] {0, 1}))));
        Operand<TInt32> sizes = tf.shape(pictures);
        Operand<TInt32> batch = element(tf, sizes, 0);
        Operand<TInt32> height = element(tf, sizes, 1);
        Operand<TInt32> width = element(tf, sizes, 2);
        Operand<TInt32> rows = window(tf, state, 1, batch, height);
        Operand<TInt32> columns = window(tf, state, 2, batch, width);
        if (flip) {
            columns = mirrored(tf, state, batch, width, columns);
        }
        int[][] around = {{0, 0}, {margin, margin}, {margin, margin}, {0, 0}};
        Operand<TFloat32> padded = tf.pad(pictures, tf.constant(around), tf.constant(0f));
        return tf.gather(
                tf.gather(padded, rows, tf.constant(1), Gather.batchDims(1L)),
                columns,
                tf.constant(2),
                Gather.batchDims(1L));
    }

    /** Consecutive positions from a random start per picture, [batch, size]. */
    private Operand<TInt32> window(
            Ops tf,
            Operand<TInt64> state,
            long stream,
            Operand<TInt32> batch,
            Operand<TInt32> size) {
        Operand<TInt32> start = draw(tf, state, stream, batch, 2 * margin + 1);
        return tf.math.add(start, tf.expandDims(positions(tf, size), tf.constant(0)));
    }

    /** The same windows, half of them from right to left. */
    private static Operand<TInt32> mirrored(
            Ops tf,
            Operand<TInt64> state,
            Operand<TInt32> batch,
            Operand<TInt32> width,
            Operand<TInt32> columns) {
        Operand<TInt32> coin = draw(tf, state, 3, batch, 2);
        Operand<TInt32> forward = tf.expandDims(positions(tf, width), tf.constant(0));
        Operand<TInt32> backward = tf.math.sub(tf.math.sub(width, tf.constant(1)), forward);
        Operand<TInt32> turn = tf.math.mul(coin, tf.math.sub(backward, forward));
        return tf.math.add(columns, turn);
    }

    /** One whole number in [0, limit) per picture, [batch, 1]. */
    private static Operand<TInt32> draw(
            Ops tf, Operand<TInt64> state, long stream, Operand<TInt32> batch, int limit) {
        // Each use has its own stream: the step's number times four, plus the stream's.
        Operand<TInt64> key =
                tf.math.add(
                        tf.math.mul(state, tf.constant(new long[] {1, 4})),
                        tf.constant(new long[] {0, stream}));
        Operand<TInt32> shape = tf.stack(List.of(batch, tf.constant(1)));
        return tf.random.statelessRandomUniformInt(shape, key, tf.constant(0), tf.constant(limit));
    }

    private static Operand<TInt32> positions(Ops tf, Operand<TInt32> size) {
        return tf.range(tf.constant(0), size, tf.constant(1));
    }

    private static Operand<TInt32> element(Ops tf, Operand<TInt32> values, int index) {
        return tf.gather(values, tf.constant(index), tf.constant(0));
    }

    private static VarHandleOp open(Ops tf) {
        return tf.varHandleOp(TInt64.class, Shape.of(2), VarHandleOp.sharedName(STATE));
    }
}
