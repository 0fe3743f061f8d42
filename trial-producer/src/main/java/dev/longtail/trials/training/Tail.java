package dev.longtail.trials.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The last layers of a network, trained on the fixed results of the others.
 *
 * @param network the whole network
 * @param first the first layer that is trained, from 0
 */
record Tail(Network network, int first) implements Network {

    @Override
    public int layers() {
        return network.layers() - first;
    }

    @Override
    public Operand<TFloat32> layer(
            int layer, Ops tf, Parameters parameters, Operand<TFloat32> x, boolean training) {
        return network.layer(first + layer, tf, parameters, x, training);
    }
}
