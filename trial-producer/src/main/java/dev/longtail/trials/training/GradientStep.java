package dev.longtail.trials.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A step of gradient descent with momentum of a whole network.
 *
 * @param network whose gradients TensorFlow derives
 * @param augmentation of the pictures
 * @param classes of the labels
 * @param weightDecay lambda of the penalty lambda/2 |w|^2 on weights
 */
record GradientStep(Network network, Augmentation augmentation, int classes, float weightDecay)
        implements StepLoop.Step {

    @Override
    public StepLoop.Taken add(Graph graph, Ops tf, StepLoop.Variables variables) {
        Operand<TInt32> axis = tf.constant(0);
        Operand<TInt32> batch = variables.batch(tf);
        Operand<TInt32> labels = tf.gather(variables.y(), batch, axis);
        Parameters parameters = new Parameters(tf);
        Operand<TFloat32> pictures =
                augmentation.apply(tf, parameters, tf.gather(variables.x(), batch, axis));
        Operand<TFloat32> scores = network.scores(tf, parameters, pictures, true);
        Operand<TFloat32> loss = CrossEntropy.mean(tf, scores, labels, classes);
        List<Op> updates = new ArrayList<>(parameters.updates());
        updates.addAll(descend(graph, tf, variables, parameters.trained(), loss));
        return new StepLoop.Taken(loss, updates);
    }

    private List<Op> descend(
            Graph graph,
            Ops tf,
            StepLoop.Variables variables,
            List<Parameters.Parameter> all,
            Operand<TFloat32> loss) {
        Output<?>[] values = all.stream().map(p -> p.value().asOutput()).toArray(Output<?>[]::new);
        Output<?>[] gradients = graph.addGradients(loss.asOutput(), values);
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
                            variables.rate(),
                            gradient,
                            variables.momentum()));
        }
        return updates;
    }
}
