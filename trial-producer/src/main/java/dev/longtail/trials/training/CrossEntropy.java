package dev.longtail.trials.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The loss of all built-in models. */
final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * Mean softmax cross-entropy. Over one-hot labels, since TensorFlow has no gradient in C++ for
     * the operation that takes class numbers.
     *
     * @param scores [batch, classes]
     * @param labels [batch]
     * @return scalar
     */
    static Operand<TFloat32> mean(
            Ops tf, Operand<TFloat32> scores, Operand<TInt32> labels, int classes) {
        Operand<TFloat32> oneHot =
                tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
        return tf.math.mean(
                tf.nn.softmaxCrossEntropyWithLogits(scores, oneHot).loss(), tf.constant(0));
    }
}
