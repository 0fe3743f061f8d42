package dev.longtail.trials.training;

import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Linear models of many trials that are trained together: every operation of a step works on all of
 * them, so that its fixed cost, which is most of the cost of a small model, is paid once. Each has
 * its own start, its own batches and its own gradient, and ends with the same bits whichever others
 * are trained beside it.
 *
 * <pre>
 *   startHeads    weights float32 [heads, features, classes],
 *                 biases float32 [heads, classes]                        → done int64 []
 *   trainHeads    index int32 [steps, heads, batch], lr, momentum, x, y  → loss float32 [heads]
 *   evaluateHead  head int32 [], x, y                                    → correct bool [k]
 *   readHead      head int32 []                                          → both parameters
 * </pre>
 *
 * @param features values per example
 * @param classes of the labels
 * @param weightDecay lambda of the penalty lambda/2 |w|^2 on weights
 */
record LinearHeads(int features, int classes, float weightDecay) implements StepLoop.Step {

    static final String START = "startHeads";
    static final String TRAIN = "trainHeads";
    static final String EVALUATE = "evaluateHead";
    static final String READ = "readHead";

    /** Names of the parameters, the same as of a {@link DenseNetwork} without hidden layers. */
    static final String WEIGHT = "output/weight";

    static final String BIAS = "output/bias";

    /** Adds the signatures to a model. */
    void addTo(MetaGraphDef.Builder model, Ops tf, Placeholder<TFloat32> x, Placeholder<TInt32> y) {
        model.putSignatureDef(START, start(tf));
        model.putSignatureDef(TRAIN, StepLoop.signature(tf, x, y, true, this));
        Placeholder<TInt32> head = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
        Operand<TFloat32> weight = tf.gather(read(tf, weights(tf)), head, tf.constant(0));
        Operand<TFloat32> bias = tf.gather(read(tf, biases(tf)), head, tf.constant(0));
        Operand<TFloat32> scores = tf.nn.biasAdd(tf.linalg.matMul(flat(tf, x), weight), bias);
        Operand<?> correct = tf.math.equal(tf.math.argMax(scores, tf.constant(1), TInt32.class), y);
        model.putSignatureDef(
                EVALUATE,
                Signatures.of(Map.of("head", head, "x", x, "y", y), Map.of("correct", correct)));
        model.putSignatureDef(
                READ, Signatures.of(Map.of("head", head), Map.of(WEIGHT, weight, BIAS, bias)));
    }

    private SignatureDef start(Ops tf) {
        Placeholder<TFloat32> weights =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, features, classes)));
        Placeholder<TFloat32> biases =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, classes)));
        List<Op> assignments =
                List.of(
                        tf.assignVariableOp(weights(tf), weights),
                        tf.assignVariableOp(biases(tf), biases),
                        tf.assignVariableOp(momentumOfWeights(tf), tf.zerosLike(weights)),
                        tf.assignVariableOp(momentumOfBiases(tf), tf.zerosLike(biases)));
        Operand<TInt64> done = tf.withControlDependencies(assignments).identity(tf.constant(0L));
        return Signatures.of(Map.of("weights", weights, "biases", biases), Map.of("done", done));
    }

    /**
     * A step of gradient descent with momentum of all heads. The gradient of the mean cross-entropy
     * is written out: of the scores it is (p - y) / batch, of the weights the features' product
     * with that.
     */
    @Override
    public StepLoop.Taken add(Graph graph, Ops tf, StepLoop.Variables variables) {
        Operand<TInt32> batch = variables.batch(tf);
        Operand<TFloat32> rows = tf.gather(flat(tf, variables.x()), batch, tf.constant(0));
        VarHandleOp weights = weights(tf);
        VarHandleOp biases = biases(tf);
        Operand<TFloat32> weight = read(tf, weights);
        Operand<TFloat32> scores =
                tf.math.add(
                        tf.train.batchMatMul(rows, weight, TFloat32.class),
                        tf.expandDims(read(tf, biases), tf.constant(1)));
        SoftmaxCrossEntropyWithLogits<TFloat32> crossEntropy = crossEntropy(tf, variables, scores);
        Operand<TInt32> batchSize = tf.gather(tf.shape(batch), tf.constant(1), tf.constant(0));
        Operand<TFloat32> error =
                tf.math.div(
                        tf.reshape(crossEntropy.backprop(), tf.shape(scores)),
                        tf.dtypes.cast(batchSize, TFloat32.class));
        Operand<TFloat32> gradient =
                tf.train.batchMatMul(rows, error, TFloat32.class, BatchMatMul.adjX(true));
        if (weightDecay > 0) {
            gradient = tf.math.add(gradient, tf.math.mul(weight, tf.constant(weightDecay)));
        }
        Operand<TFloat32> loss =
                tf.math.mean(tf.reshape(crossEntropy.loss(), tf.shape(batch)), tf.constant(1));
        List<Op> updates =
                List.of(
                        descend(tf, weights, momentumOfWeights(tf), variables, gradient),
                        descend(
                                tf,
                                biases,
                                momentumOfBiases(tf),
                                variables,
                                sumOverBatch(tf, error, batchSize)));
        return new StepLoop.Taken(loss, updates);
    }

    private SoftmaxCrossEntropyWithLogits<TFloat32> crossEntropy(
            Ops tf, StepLoop.Variables variables, Operand<TFloat32> scores) {
        Operand<TInt32> labels =
                tf.reshape(
                        tf.gather(variables.y(), variables.batch(tf), tf.constant(0)),
                        tf.constant(new int[] {-1}));
        Operand<TFloat32> oneHot =
                tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
        return SoftmaxCrossEntropyWithLogits.create(
                tf.scope(), tf.reshape(scores, tf.constant(new int[] {-1, classes})), oneHot);
    }

    /**
     * Sums as a product with ones: TensorFlow's sum over a dimension in the middle adds up in
     * another order depending on where in memory a model's part begins.
     */
    private static Operand<TFloat32> sumOverBatch(
            Ops tf, Operand<TFloat32> error, Operand<TInt32> batchSize) {
        Operand<TInt32> one = tf.constant(1);
        Operand<TFloat32> ones = tf.fill(tf.stack(List.of(one, one, batchSize)), tf.constant(1f));
        return tf.squeeze(
                tf.train.batchMatMul(ones, error, TFloat32.class), Squeeze.axis(List.of(1L)));
    }

    private static Op descend(
            Ops tf,
            VarHandleOp variable,
            VarHandleOp momentum,
            StepLoop.Variables variables,
            Operand<TFloat32> gradient) {
        return tf.train.resourceApplyMomentum(
                variable, momentum, variables.rate(), gradient, variables.momentum());
    }

    private Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x) {
        return tf.reshape(x, tf.constant(new int[] {-1, features}));
    }

    private VarHandleOp weights(Ops tf) {
        return Parameters.open(tf, "heads/weight", Shape.of(-1, features, classes));
    }

    private VarHandleOp biases(Ops tf) {
        return Parameters.open(tf, "heads/bias", Shape.of(-1, classes));
    }

    private VarHandleOp momentumOfWeights(Ops tf) {
        return Parameters.open(tf, "heads/weight/momentum", Shape.of(-1, features, classes));
    }

    private VarHandleOp momentumOfBiases(Ops tf) {
        return Parameters.open(tf, "heads/bias/momentum", Shape.of(-1, classes));
    }

    private static Operand<TFloat32> read(Ops tf, VarHandleOp variable) {
        return tf.readVariableOp(variable, TFloat32.class);
    }
}
