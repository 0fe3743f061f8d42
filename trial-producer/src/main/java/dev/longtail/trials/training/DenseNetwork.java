package dev.longtail.trials.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Fully connected layers.
 *
 * @param inputs values per picture
 * @param hidden units of the hidden layers, rectified
 * @param classes units of the last layer
 */
record DenseNetwork(int inputs, List<Integer> hidden, int classes) implements Network {

    @Override
    public int layers() {
        return hidden.size() + 1;
    }

    @Override
    public Operand<TFloat32> layer(
            int layer, Ops tf, Parameters parameters, Operand<TFloat32> x, boolean training) {
        int from = layer == 0 ? inputs : hidden.get(layer - 1);
        Operand<TFloat32> values = tf.reshape(x, tf.constant(new int[] {-1, from}));
        if (layer == hidden.size()) {
            return dense(
                    tf, parameters, values, "output", Parameters.Role.OUTPUT_WEIGHT, from, classes);
        }
        return tf.nn.relu(
                dense(
                        tf,
                        parameters,
                        values,
                        "hidden" + layer,
                        Parameters.Role.WEIGHT,
                        from,
                        hidden.get(layer)));
    }

    /** One fully connected layer without its rectification. */
    static Operand<TFloat32> dense(
            Ops tf,
            Parameters parameters,
            Operand<TFloat32> x,
            String name,
            Parameters.Role role,
            int from,
            int to) {
        Operand<TFloat32> weight = parameters.use(name + "/weight", role, from, to);
        Operand<TFloat32> bias = parameters.use(name + "/bias", Parameters.Role.BIAS, to);
        return tf.nn.biasAdd(tf.linalg.matMul(x, weight), bias);
    }
}
