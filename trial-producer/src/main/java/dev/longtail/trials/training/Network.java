package dev.longtail.trials.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The layers of a model, independent of the graph they are built into. */
interface Network {

    /** Number of layers, the one that gives the scores included. */
    int layers();

    /**
     * Adds one layer to a graph.
     *
     * @param layer from 0
     * @param tf the graph
     * @param parameters of this graph
     * @param x pictures [batch, height, width, channels] for layer 0, else the result of the layer
     *     before
     * @param training whether the layer behaves as in training
     * @return scores [batch, classes] for the last layer
     */
    Operand<TFloat32> layer(
            int layer, Ops tf, Parameters parameters, Operand<TFloat32> x, boolean training);

    /**
     * Adds all layers to a graph. Called once per graph that needs them; asks for the same
     * parameters in the same order every time.
     *
     * @return scores, [batch, classes]
     */
    default Operand<TFloat32> scores(
            Ops tf, Parameters parameters, Operand<TFloat32> x, boolean training) {
        return layers(0, layers(), tf, parameters, x, training);
    }

    /** Adds the layers from {@code first} to before {@code end}. */
    default Operand<TFloat32> layers(
            int first,
            int end,
            Ops tf,
            Parameters parameters,
            Operand<TFloat32> x,
            boolean training) {
        Operand<TFloat32> values = x;
        for (int layer = first; layer < end; layer++) {
            values = layer(layer, tf, parameters, values, training);
        }
        return values;
    }
}
