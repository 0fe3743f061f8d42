package dev.longtail.trials.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The loop over training steps inside the graph, as a condition and a body. Both are functions of
 * the loop's variables
 *
 * <pre>
 *   step int32 [], loss float32 [] (sum so far), index int32 [steps, batch], lr float32 [],
 *   momentum float32 [], x float32 [n, ...], y int32 [n]
 * </pre>
 *
 * Functions, since the C API's own loop (TF_NewWhile) silently drops operations without outputs,
 * which updates of variables are.
 */
final class StepLoop {

    private final Graph graph;
    private final Ops tf;
    private final Placeholder<TInt32> step;
    private final Placeholder<TFloat32> loss;
    private final Placeholder<TInt32> index;
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> momentum;
    private final Placeholder<TFloat32> x;
    private final Placeholder<TInt32> y;
    private final Signature.Builder signature = Signature.builder();

    private StepLoop(Graph graph, Shape pictures) {
        this.graph = graph;
        this.tf = Ops.create(graph);
        this.step = input("step", TInt32.class, Shape.scalar());
        this.loss = input("loss", TFloat32.class, Shape.scalar());
        this.index = input("index", TInt32.class, Shape.of(-1, -1));
        this.rate = input("lr", TFloat32.class, Shape.scalar());
        this.momentum = input("momentum", TFloat32.class, Shape.scalar());
        this.x = input("x", TFloat32.class, pictures);
        this.y = input("y", TInt32.class, Shape.of(-1));
    }

    /**
     * The condition: whether the index has a row for the next step.
     *
     * @param pictures shape of x
     */
    static ConcreteFunction condition(Shape pictures) {
        try (Graph graph = new Graph()) {
            StepLoop loop = new StepLoop(graph, pictures);
            Ops tf = loop.tf;
            Operand<TInt32> steps = tf.gather(tf.shape(loop.index), tf.constant(0), tf.constant(0));
            loop.signature.output("more", tf.math.less(loop.step, steps));
            return ConcreteFunction.create(loop.signature.build(), graph);
        }
    }

    /**
     * The body: one step of gradient descent.
     *
     * @param pictures shape of x
     */
    static ConcreteFunction body(
            Shape pictures,
            Network network,
            Augmentation augmentation,
            int classes,
            float weightDecay) {
        try (Graph graph = new Graph()) {
            StepLoop loop = new StepLoop(graph, pictures);
            loop.step(network, augmentation, classes, weightDecay);
            return ConcreteFunction.create(loop.signature.build(), graph);
        }
    }

    private <T extends org.tensorflow.types.family.TType> Placeholder<T> input(
            String name, Class<T> type, Shape shape) {
        Placeholder<T> placeholder = tf.withName(name).placeholder(type, Placeholder.shape(shape));
        signature.input(name, placeholder);
        return placeholder;
    }

    private void step(Network network, Augmentation augmentation, int classes, float weightDecay) {
        Operand<TInt32> axis = tf.constant(0);
        Operand<TInt32> batch = tf.gather(index, step, axis);
        Operand<TInt32> labels = tf.gather(y, batch, axis);
        Parameters parameters = new Parameters(tf);
        Operand<TFloat32> pictures = augmentation.apply(tf, parameters, tf.gather(x, batch, axis));
        Operand<TFloat32> scores = network.scores(tf, parameters, pictures, true);
        Operand<TFloat32> batchLoss = CrossEntropy.mean(tf, scores, labels, classes);
        List<Op> updates = new ArrayList<>(parameters.updates());
        updates.addAll(descend(parameters.trained(), batchLoss, weightDecay));
        Operand<TInt32> next = tf.math.add(step, tf.constant(1));
        signature.output("step", tf.withControlDependencies(updates).identity(next));
        signature.output("loss", tf.math.add(loss, batchLoss));
        signature.output("index", tf.identity(index));
        signature.output("lr", tf.identity(rate));
        signature.output("momentum", tf.identity(momentum));
        signature.output("x", tf.identity(x));
        signature.output("y", tf.identity(y));
    }

    private List<Op> descend(
            List<Parameters.Parameter> all, Operand<TFloat32> batchLoss, float weightDecay) {
        Output<?>[] values = all.stream().map(p -> p.value().asOutput()).toArray(Output<?>[]::new);
        Output<?>[] gradients = graph.addGradients(batchLoss.asOutput(), values);
        List<Op> updates = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            Parameters.Parameter parameter = all.get(k);
            Operand<TFloat32> gradient = gradients[k].expect(TFloat32.class);
            if (weightDecay > 0 && parameter.decays()) {
                gradient =
                        tf.math.add(
                                gradient, tf.math.mul(parameter.value(), tf.constant(weightDecay)));
            }
            updates.add(
                    tf.train.resourceApplyMomentum(
                            parameter.handle(),
                            Parameters.openMomentum(tf, parameter),
                            rate,
                            gradient,
                            momentum));
        }
        return updates;
    }
}
