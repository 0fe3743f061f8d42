package dev.longtail.trials.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A model's parameters within one graph. Variables live in the session under their names, so the
 * graph of the loop body opens the same variables as the graph around it.
 */
final class Parameters {

    /** What a parameter is for, which decides how it starts and whether it decays. */
    enum Role {
        /** Weights that multiply: normal with variance 2 / fan-in (He et al. 2015); decay. */
        WEIGHT,
        /** Weights of the last layer: normal with variance 1 / fan-in; decay. */
        OUTPUT_WEIGHT,
        /** Added values: start at 0, no decay. */
        BIAS,
        /** Factors of a normalisation: start at 1, no decay. */
        SCALE,
        /** Averages that training keeps without gradients: start at 0. */
        RUNNING_MEAN,
        /** Variances that training keeps without gradients: start at 1. */
        RUNNING_VARIANCE;

        /** Whether gradients change it. */
        boolean isTrained() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    /** One parameter as used in this graph. */
    record Parameter(
            String name,
            Shape shape,
            Role role,
            VarHandleOp handle,
            ReadVariableOp<TFloat32> value) {

        boolean decays() {
            return role == Role.WEIGHT || role == Role.OUTPUT_WEIGHT;
        }
    }

    private final Ops tf;
    private final List<Parameter> all = new ArrayList<>();
    private final List<Op> updates = new ArrayList<>();

    Parameters(Ops tf) {
        this.tf = tf;
    }

    /** The value of a parameter, for use in a layer. */
    Operand<TFloat32> use(String name, Role role, long... shape) {
        return declare(name, role, shape).value();
    }

    /** A parameter that a layer itself updates. */
    Parameter declare(String name, Role role, long... shape) {
        Shape size = Shape.of(shape);
        VarHandleOp handle = open(tf, name, size);
        Parameter parameter =
                new Parameter(name, size, role, handle, tf.readVariableOp(handle, TFloat32.class));
        all.add(parameter);
        return parameter;
    }

    /** Has every step of training do this too. */
    void addUpdate(Op update) {
        updates.add(update);
    }

    /** What every step of training does besides following gradients. */
    List<Op> updates() {
        return List.copyOf(updates);
    }

    /** The parameters used so far, in order of first use. */
    List<Parameter> all() {
        return List.copyOf(all);
    }

    /** Those of them that gradients change. */
    List<Parameter> trained() {
        return all.stream().filter(parameter -> parameter.role().isTrained()).toList();
    }

    /** The variable of that name in the session. */
    static VarHandleOp open(Ops tf, String name, Shape shape) {
        return tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    }

    /** The variable in which the optimiser keeps a parameter's momentum. */
    static VarHandleOp openMomentum(Ops tf, Parameter parameter) {
        return open(tf, parameter.name() + "/momentum", parameter.shape());
    }

    /**
     * The value at the start of a trial.
     *
     * @param seed scalar
     * @param number of the parameter, so that equal shapes start differently
     */
    static Operand<TFloat32> initialValue(
            Ops tf, Parameter parameter, Operand<TInt64> seed, long number) {
        Operand<TInt64> shape = tf.constant(parameter.shape().asArray());
        double gain =
                switch (parameter.role()) {
                    case WEIGHT -> 2;
                    case OUTPUT_WEIGHT -> 1;
                    case BIAS, SCALE, RUNNING_MEAN, RUNNING_VARIANCE -> 0;
                };
        if (gain == 0) {
            float start =
                    parameter.role() == Role.SCALE || parameter.role() == Role.RUNNING_VARIANCE
                            ? 1
                            : 0;
            return tf.fill(shape, tf.constant(start));
        }
        long fanIn =
                LongStream.of(parameter.shape().asArray()).reduce(1, (a, b) -> a * b)
                        / parameter.shape().get(parameter.shape().numDimensions() - 1);
        Operand<TInt64> streams = tf.stack(List.of(seed, tf.constant(number)));
        return tf.math.mul(
                tf.random.statelessRandomNormal(shape, streams),
                tf.constant((float) StrictMath.sqrt(gain / fanIn)));
    }
}
