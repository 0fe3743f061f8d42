package dev.longtail.trials.training;

import dev.longtail.trials.data.ImageShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StatefulWhile;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Builds a model that carries its own training and saves it as a SavedModel with the signatures
 *
 * <pre>
 *   init      seed int64 []                                                → done int64 []
 *   train     index int32 [steps, batch], lr float32 [], momentum float32 [],
 *             x float32 [n, height, width, channels], y int32 [n]          → loss float32 []
 *   evaluate  x float32 [k, height, width, channels], y int32 [k]          → correct bool [k]
 *   features1 x, also 2 and 3     → features, what the last 1, 2 or 3 layers get to see
 *   read      request int64 [] (ignored)                                   → every parameter
 *   write     every parameter                                              → done int64 []
 * </pre>
 *
 * and, where it is linear, those of {@link LinearHeads}.
 *
 * <p>{@code train} takes {@code steps} steps of gradient descent with momentum, step s on the
 * examples {@code index[s]} of x and y. The loop over the steps is part of the graph: one call per
 * step from outside costs about twice as much.
 */
final class TrainableModel {

    private static final long SAVED_MODEL_VERSION = 1;
    private static final String TAG = "serve";

    /** The most last layers that can be trained on fixed features. */
    static final int LARGEST_TAIL = 3;

    private final ModelSpec spec;
    private final Network network;
    private final Augmentation augmentation;
    private final ImageShape input;
    private final int classes;
    private final float weightDecay;

    /**
     * @param weightDecay lambda of the penalty lambda/2 |w|^2 on weights, not on biases; at least 0
     */
    TrainableModel(ModelSpec spec, ImageShape input, int classes, double weightDecay) {
        this.spec = spec;
        this.network = spec.network(input, classes);
        this.augmentation = spec.augmentation();
        this.input = input;
        this.classes = classes;
        this.weightDecay = (float) weightDecay;
    }

    /**
     * Saves the model.
     *
     * @param directory created where it does not exist
     * @throws UncheckedIOException when it cannot be written
     */
    void save(Path directory) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x =
                    placeholder(
                            tf,
                            TFloat32.class,
                            "x",
                            -1,
                            input.height(),
                            input.width(),
                            input.channels());
            Placeholder<TInt32> y = placeholder(tf, TInt32.class, "y", -1);
            MetaGraphDef.Builder model = MetaGraphDef.newBuilder();
            Parameters parameters = new Parameters(tf);
            Operand<?> correct = evaluate(tf, parameters, x, y);
            model.putSignatureDef(
                    ModelSession.EVALUATE,
                    Signatures.of(Map.of("x", x, "y", y), Map.of("correct", correct)));
            model.putSignatureDef(ModelSession.INIT, init(tf, parameters));
            model.putSignatureDef(
                    ModelSession.TRAIN,
                    StepLoop.signature(
                            tf,
                            x,
                            y,
                            false,
                            new GradientStep(network, augmentation, classes, weightDecay)));
            if (spec.isLinear()) {
                new LinearHeads(input.length(), classes, weightDecay).addTo(model, tf, x, y);
            }
            for (int last = 1; last <= Math.min(LARGEST_TAIL, network.layers()); last++) {
                model.putSignatureDef(
                        ModelSession.FEATURES + last,
                        Signatures.of(Map.of("x", x), Map.of("features", features(tf, x, last))));
            }
            model.putSignatureDef(ModelSession.READ, read(tf, parameters));
            model.putSignatureDef(ModelSession.WRITE, write(tf, parameters));
            model.setGraphDef(lowered(graph.toGraphDef()));
            model.getMetaInfoDefBuilder().addTags(TAG);
            Files.createDirectories(directory);
            Files.write(
                    directory.resolve("saved_model.pb"),
                    SavedModel.newBuilder()
                            .setSavedModelSchemaVersion(SAVED_MODEL_VERSION)
                            .addMetaGraphs(model)
                            .build()
                            .toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + directory, e);
        }
    }

    private Operand<?> evaluate(
            Ops tf, Parameters parameters, Operand<TFloat32> x, Operand<TInt32> y) {
        Operand<TFloat32> scores = network.scores(tf, parameters, x, false);
        Operand<TInt32> predicted = tf.math.argMax(scores, tf.constant(1), TInt32.class);
        return tf.math.equal(predicted, y);
    }

    /** What the last layers get to see: the results of all layers before them. */
    private Operand<TFloat32> features(Ops tf, Operand<TFloat32> x, int last) {
        // An output of its own even where nothing comes before: no tensor can be fed and fetched.
        return tf.identity(
                network.layers(0, network.layers() - last, tf, new Parameters(tf), x, false));
    }

    private SignatureDef init(Ops tf, Parameters parameters) {
        Placeholder<TInt64> seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
        List<Op> assignments = new ArrayList<>(augmentation.init(tf, seed));
        List<Parameters.Parameter> all = parameters.all();
        for (int k = 0; k < all.size(); k++) {
            Parameters.Parameter parameter = all.get(k);
            assignments.add(
                    tf.assignVariableOp(
                            parameter.handle(), Parameters.initialValue(tf, parameter, seed, k)));
            if (!parameter.role().isTrained()) {
                continue;
            }
            assignments.add(
                    tf.assignVariableOp(
                            Parameters.openMomentum(tf, parameter),
                            tf.fill(tf.constant(parameter.shape().asArray()), tf.constant(0f))));
        }
        Operand<TInt64> done = tf.withControlDependencies(assignments).identity(seed);
        return Signatures.of(Map.of("seed", seed), Map.of("done", done));
    }

    /** All parameters as outputs, under their names. */
    private static SignatureDef read(Ops tf, Parameters parameters) {
        Placeholder<TInt64> request =
                tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
        Map<String, Operand<?>> outputs = new LinkedHashMap<>();
        for (Parameters.Parameter parameter : parameters.all()) {
            outputs.put(parameter.name(), parameter.value());
        }
        return Signatures.of(Map.of("request", request), outputs);
    }

    /** All parameters as inputs, under their names; momentum stays as it is. */
    private static SignatureDef write(Ops tf, Parameters parameters) {
        Map<String, Operand<?>> inputs = new LinkedHashMap<>();
        List<Op> assignments = new ArrayList<>();
        for (Parameters.Parameter parameter : parameters.all()) {
            Placeholder<TFloat32> value =
                    tf.placeholder(TFloat32.class, Placeholder.shape(parameter.shape()));
            inputs.put(parameter.name(), value);
            assignments.add(tf.assignVariableOp(parameter.handle(), value));
        }
        Operand<TInt64> done = tf.withControlDependencies(assignments).identity(tf.constant(0L));
        return Signatures.of(inputs, Map.of("done", done));
    }

    /** The loop as plain operations instead of a function call per step, which costs more. */
    private static GraphDef lowered(GraphDef graph) {
        GraphDef.Builder lowered = graph.toBuilder();
        for (NodeDef.Builder node : lowered.getNodeBuilderList()) {
            if (node.getOp().equals(StatefulWhile.OP_NAME)) {
                node.putAttr(
                        "_lower_using_switch_merge", AttrValue.newBuilder().setB(true).build());
            }
        }
        return lowered.build();
    }

    private static <T extends org.tensorflow.types.family.TType> Placeholder<T> placeholder(
            Ops tf, Class<T> type, String name, long... shape) {
        return tf.withName(name).placeholder(type, Placeholder.shape(Shape.of(shape)));
    }
}
