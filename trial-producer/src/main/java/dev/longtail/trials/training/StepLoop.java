package dev.longtail.trials.training;

import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The loop over training steps inside the graph, as a condition and a body. Both are functions of
 * the loop's variables, see {@link Variables}; functions, since the C API's own loop (TF_NewWhile)
 * silently drops operations without outputs, which updates of variables are.
 */
final class StepLoop {

    private final Graph graph;
    private final Ops tf;
    private final Variables variables;
    private final Signature.Builder signature = Signature.builder();

    /**
     * What the loop carries from step to step.
     *
     * @param step [], the number of the step
     * @param loss sum so far: [], or [models] where several are trained at once
     * @param index examples: [steps, batch], or [steps, models, batch]
     * @param rate []
     * @param momentum []
     * @param x [n, height, width, channels]
     * @param y [n]
     */
    record Variables(
            Placeholder<TInt32> step,
            Placeholder<TFloat32> loss,
            Placeholder<TInt32> index,
            Placeholder<TFloat32> rate,
            Placeholder<TFloat32> momentum,
            Placeholder<TFloat32> x,
            Placeholder<TInt32> y) {

        /** The examples of this step. */
        Operand<TInt32> batch(Ops tf) {
            return tf.gather(index, step, tf.constant(0));
        }
    }

    /** What one step does. */
    @FunctionalInterface
    interface Step {

        /** Adds the step to the loop's body. */
        Taken add(Graph graph, Ops tf, Variables variables);
    }

    /**
     * A step that was added.
     *
     * @param loss of its batch, of the shape of the loop's
     * @param updates of all variables
     */
    record Taken(Operand<TFloat32> loss, List<Op> updates) {}

    /**
     * @param pictures shape of x
     * @param together whether several models are trained at once
     */
    private StepLoop(Graph graph, Shape pictures, boolean together) {
        this.graph = graph;
        this.tf = Ops.create(graph);
        this.variables =
                new Variables(
                        input("step", TInt32.class, Shape.scalar()),
                        input("loss", TFloat32.class, together ? Shape.of(-1) : Shape.scalar()),
                        input("index", TInt32.class, indexShape(together)),
                        input("lr", TFloat32.class, Shape.scalar()),
                        input("momentum", TFloat32.class, Shape.scalar()),
                        input("x", TFloat32.class, pictures),
                        input("y", TInt32.class, Shape.of(-1)));
    }

    /**
     * Adds the loop to a graph, one step for every row of the index, as a signature with the inputs
     * index, lr, momentum, x and y and the output loss, its mean over the steps.
     *
     * @param together whether several models are trained at once
     */
    static SignatureDef signature(
            Ops tf, Placeholder<TFloat32> x, Placeholder<TInt32> y, boolean together, Step step) {
        Placeholder<TInt32> index =
                tf.placeholder(TInt32.class, Placeholder.shape(indexShape(together)));
        Placeholder<TFloat32> rate =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        Placeholder<TFloat32> momentum =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        Operand<TInt32> sizes = tf.shape(index);
        Operand<TFloat32> zero = tf.constant(0f);
        if (together) {
            Operand<TInt32> models = tf.gather(sizes, tf.constant(new int[] {1}), tf.constant(0));
            zero = tf.fill(models, zero);
        }
        List<Operand<?>> start = List.of(tf.constant(0), zero, index, rate, momentum, x, y);
        Operand<TFloat32> loss;
        try (ConcreteFunction condition = condition(x.shape(), together);
                ConcreteFunction body = body(x.shape(), together, step)) {
            loss = tf.whileOp(start, condition, body).output().get(1).expect(TFloat32.class);
        }
        Operand<TFloat32> steps =
                tf.dtypes.cast(tf.gather(sizes, tf.constant(0), tf.constant(0)), TFloat32.class);
        return Signatures.of(
                Map.of("index", index, "lr", rate, "momentum", momentum, "x", x, "y", y),
                Map.of("loss", tf.math.div(loss, steps)));
    }

    private static Shape indexShape(boolean together) {
        return together ? Shape.of(-1, -1, -1) : Shape.of(-1, -1);
    }

    /** The condition: whether the index has a row for the next step. */
    private static ConcreteFunction condition(Shape pictures, boolean together) {
        try (Graph graph = new Graph()) {
            StepLoop loop = new StepLoop(graph, pictures, together);
            Ops tf = loop.tf;
            Operand<TInt32> steps =
                    tf.gather(tf.shape(loop.variables.index), tf.constant(0), tf.constant(0));
            loop.signature.output("more", tf.math.less(loop.variables.step, steps));
            return ConcreteFunction.create(loop.signature.build(), graph);
        }
    }

    /** The body: one step. */
    private static ConcreteFunction body(Shape pictures, boolean together, Step step) {
        try (Graph graph = new Graph()) {
            StepLoop loop = new StepLoop(graph, pictures, together);
            loop.take(step);
            return ConcreteFunction.create(loop.signature.build(), graph);
        }
    }

    private <T extends org.tensorflow.types.family.TType> Placeholder<T> input(
            String name, Class<T> type, Shape shape) {
        Placeholder<T> placeholder = tf.withName(name).placeholder(type, Placeholder.shape(shape));
        signature.input(name, placeholder);
        return placeholder;
    }

    private void take(Step step) {
        Taken taken = step.add(graph, tf, variables);
        Operand<TInt32> next = tf.math.add(variables.step, tf.constant(1));
        signature.output("step", tf.withControlDependencies(taken.updates()).identity(next));
        signature.output("loss", tf.math.add(variables.loss, taken.loss()));
        signature.output("index", tf.identity(variables.index));
        signature.output("lr", tf.identity(variables.rate));
        signature.output("momentum", tf.identity(variables.momentum));
        signature.output("x", tf.identity(variables.x));
        signature.output("y", tf.identity(variables.y));
    }
}
