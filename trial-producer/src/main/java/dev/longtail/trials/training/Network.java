package dev.longtail.trials.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The layers of a model, independent of the graph they are built into. */
interface Network {

    /**
     * Adds the layers to a graph. Called once per graph that needs them; asks for the same
     * parameters in the same order every time.
     *
     * @param tf the graph
     * @param parameters of this graph
     * @param x pictures, [batch, height, width, channels]
     * @param training whether layers behave as in training
     * @return scores, [batch, classes]
     */
    Operand<TFloat32> scores(Ops tf, Parameters parameters, Operand<TFloat32> x, boolean training);
}
