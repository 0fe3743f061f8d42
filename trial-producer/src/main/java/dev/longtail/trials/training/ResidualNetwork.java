package dev.longtail.trials.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * A small residual network after He et al. 2016 (the CIFAR form): a first convolution, three stages
 * of basic blocks with width, 2 x width and 4 x width channels, the second and third at half the
 * resolution of the one before, the average over all places, and a fully connected layer. Batch
 * normalisation follows every convolution; it uses the batch's figures in training and running
 * averages at evaluation.
 *
 * @param channels of the pictures
 * @param width channels of the first stage
 * @param blocks per stage
 * @param classes units of the last layer
 */
record ResidualNetwork(int channels, int width, int blocks, int classes) implements Network {

    private static final int STAGES = 3;
    private static final float EPSILON = 1e-5f;

    /** Share of the batch's figures in the running averages after a step. */
    private static final float RUNNING_SHARE = 0.1f;

    @Override
    public int layers() {
        return STAGES * blocks + 2;
    }

    @Override
    public Operand<TFloat32> layer(
            int layer, Ops tf, Parameters parameters, Operand<TFloat32> x, boolean training) {
        Build build = new Build(tf, parameters, training);
        if (layer == 0) {
            return tf.nn.relu(build.convolution(x, "first", 3, channels, width, 1));
        }
        if (layer == layers() - 1) {
            return build.scores(x);
        }
        int stage = (layer - 1) / blocks;
        int block = (layer - 1) % blocks;
        boolean narrows = stage > 0 && block == 0;
        int to = width << stage;
        Operand<TFloat32> values =
                build.block(
                        x,
                        "stage%d/block%d".formatted(stage, block),
                        narrows ? to / 2 : to,
                        to,
                        narrows ? 2 : 1);
        // With the last block, so that the last layer alone is a linear one on few features.
        return layer == layers() - 2 ? tf.math.mean(values, tf.constant(new int[] {1, 2})) : values;
    }

    /** One layer under construction. */
    private final class Build {

        private final Ops tf;
        private final Parameters parameters;
        private final boolean training;

        Build(Ops tf, Parameters parameters, boolean training) {
            this.tf = tf;
            this.parameters = parameters;
            this.training = training;
        }

        Operand<TFloat32> scores(Operand<TFloat32> x) {
            return DenseNetwork.dense(
                    tf,
                    parameters,
                    tf.reshape(x, tf.constant(new int[] {-1, width << (STAGES - 1)})),
                    "output",
                    Parameters.Role.OUTPUT_WEIGHT,
                    width << (STAGES - 1),
                    classes);
        }

        Operand<TFloat32> block(Operand<TFloat32> x, String name, int from, int to, int stride) {
            Operand<TFloat32> inner =
                    tf.nn.relu(convolution(x, name + "/first", 3, from, to, stride));
            Operand<TFloat32> residual = convolution(inner, name + "/second", 3, to, to, 1);
            Operand<TFloat32> shortcut =
                    from == to && stride == 1
                            ? x
                            : convolution(x, name + "/shortcut", 1, from, to, stride);
            return tf.nn.relu(tf.math.add(residual, shortcut));
        }

        Operand<TFloat32> convolution(
                Operand<TFloat32> x, String name, int side, int from, int to, long stride) {
            Operand<TFloat32> weight =
                    parameters.use(name + "/weight", Parameters.Role.WEIGHT, side, side, from, to);
            Operand<TFloat32> values =
                    tf.nn.conv2d(x, weight, List.of(1L, stride, stride, 1L), "SAME");
            return normalize(values, name, to);
        }

        private Operand<TFloat32> normalize(Operand<TFloat32> x, String name, int width) {
            Operand<TFloat32> scale = parameters.use(name + "/scale", Parameters.Role.SCALE, width);
            Operand<TFloat32> offset =
                    parameters.use(name + "/offset", Parameters.Role.BIAS, width);
            Parameters.Parameter mean =
                    parameters.declare(name + "/mean", Parameters.Role.RUNNING_MEAN, width);
            Parameters.Parameter variance =
                    parameters.declare(name + "/variance", Parameters.Role.RUNNING_VARIANCE, width);
            FusedBatchNorm<TFloat32, TFloat32> normalized =
                    tf.nn.fusedBatchNorm(
                            x,
                            scale,
                            offset,
                            training ? tf.constant(new float[0]) : mean.value(),
                            training ? tf.constant(new float[0]) : variance.value(),
                            FusedBatchNorm.epsilon(EPSILON),
                            FusedBatchNorm.isTraining(training));
            if (training) {
                follow(mean, normalized.batchMean());
                follow(variance, normalized.batchVariance());
            }
            return normalized.y();
        }

        private void follow(Parameters.Parameter average, Operand<TFloat32> batch) {
            Operand<TFloat32> step =
                    tf.math.mul(tf.math.sub(batch, average.value()), tf.constant(RUNNING_SHARE));
            parameters.addUpdate(
                    tf.assignVariableOp(average.handle(), tf.math.add(average.value(), step)));
        }
    }
}
