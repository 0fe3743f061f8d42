package dev.longtail.trials.training;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.training.ParameterStore;
import ai.djl.translate.NoopTranslator;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/**
 * One TensorFlow session of a model that carries its own training, see {@link TrainableModel} for
 * its signatures. One thread computes, so that the same calls give the same bits; scale by one
 * session per thread. Not safe for use by several threads.
 */
final class ModelSession implements AutoCloseable {

    static final String INIT = "init";
    static final String TRAIN = "train";
    static final String EVALUATE = "evaluate";

    /** Optional in foreign models: needed for keeping trained models. */
    static final String READ = "read";

    /** Optional in foreign models: needed for keeping trained models. */
    static final String WRITE = "write";

    /** Prefix; the number of last layers follows. */
    static final String FEATURES = "features";

    private final ZooModel<NDList, NDList> model;
    private final SavedModelBundle bundle;
    private final NDManager manager;
    private final ParameterStore unused;
    private final Map<String, TfSymbolBlock> signatures = new HashMap<>();

    private ModelSession(ZooModel<NDList, NDList> model, SavedModelBundle bundle) {
        this.model = model;
        this.bundle = bundle;
        this.manager = model.getNDManager().newSubManager();
        this.unused = new ParameterStore(manager, false);
    }

    /**
     * Loads a model.
     *
     * @param directory with {@code saved_model.pb}
     * @throws ModelException when it cannot be loaded or lacks a signature
     */
    static ModelSession load(Path directory) {
        ConfigProto oneThread =
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(1)
                        .setInterOpParallelismThreads(-1)
                        .build();
        Criteria<NDList, NDList> criteria =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optEngine(TensorFlowEngine.NAME)
                        .optModelPath(directory)
                        .optTranslator(new NoopTranslator())
                        .optOption(
                                "ConfigProto",
                                Base64.getEncoder().encodeToString(oneThread.toByteArray()))
                        .optOption("SignatureDefKey", TRAIN)
                        .build();
        try {
            ZooModel<NDList, NDList> model = criteria.loadModel();
            SavedModelBundle bundle = ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
            try {
                SignatureCheck.check(directory, bundle.getMetaGraphDef());
            } catch (ModelException e) {
                model.close();
                throw e;
            }
            return new ModelSession(model, bundle);
        } catch (IOException
                | ModelNotFoundException
                | MalformedModelException
                | TensorFlowException e) {
            throw new ModelException(
                    "cannot load a SavedModel from %s: %s"
                            .formatted(directory.toAbsolutePath(), e.getMessage()),
                    e);
        }
    }

    /** Where tensors for this session are made; closed with the session. */
    NDManager manager() {
        return manager;
    }

    /** Starts a new model whose parameters depend on the seed only. */
    void init(long seed) {
        try (NDManager call = manager.newSubManager()) {
            run(INIT, named(call.create(seed), "seed"));
        }
    }

    /**
     * Takes some steps of training.
     *
     * @param index examples, step by step, [steps x batch]
     * @param batch examples per step
     * @param rate learning rate
     * @param momentum of the optimiser
     * @param x pictures, [n, height, width, channels], named x
     * @param y labels, [n], named y
     * @return mean loss over the steps
     */
    float train(int[] index, int batch, float rate, float momentum, NDArray x, NDArray y) {
        try (NDManager call = manager.newSubManager()) {
            NDArray steps =
                    call.create(IntBuffer.wrap(index), new Shape(index.length / batch, batch));
            NDList result =
                    run(
                            TRAIN,
                            named(steps, "index"),
                            named(call.create(rate), "lr"),
                            named(call.create(momentum), "momentum"),
                            x,
                            y);
            return result.singletonOrThrow().getFloat();
        }
    }

    /**
     * Asks the model for the labels of some examples.
     *
     * @param x pictures, [k, height, width, channels], named x
     * @param y labels, [k], named y
     * @return whether each is predicted right, [k]
     */
    boolean[] evaluate(NDArray x, NDArray y) {
        try (NDList result = run(EVALUATE, x, y)) {
            return result.singletonOrThrow().toBooleanArray();
        }
    }

    /**
     * What the last layers of the model get to see.
     *
     * @param last how many layers
     * @param x pictures, [k, height, width, channels], named x
     * @return [k, ...]
     * @throws ModelException when the model cannot tell
     */
    Parameter features(int last, NDArray x) {
        try (NDList result = run(FEATURES + last, x)) {
            NDArray features = result.singletonOrThrow();
            return new Parameter(features.getShape().getShape(), features.toFloatArray());
        }
    }

    /**
     * Reads all parameters.
     *
     * @return by name, in the order of their names
     * @throws ModelException when the model has no signature for it
     */
    SortedMap<String, Parameter> read() {
        try (NDManager call = manager.newSubManager()) {
            return parameters(run(READ, named(call.create(0L), "request")));
        }
    }

    /** Outputs as parameters, in the order of their names. */
    static SortedMap<String, Parameter> parameters(NDList values) {
        SortedMap<String, Parameter> parameters = new TreeMap<>();
        for (NDArray value : values) {
            parameters.put(
                    value.getName(),
                    new Parameter(value.getShape().getShape(), value.toFloatArray()));
        }
        return parameters;
    }

    /**
     * Replaces all parameters.
     *
     * @throws ModelException when the model has no signature for it
     */
    void write(SortedMap<String, Parameter> parameters) {
        try (NDManager call = manager.newSubManager()) {
            run(
                    WRITE,
                    parameters.entrySet().stream()
                            .map(
                                    entry ->
                                            named(
                                                    call.create(
                                                            entry.getValue().values(),
                                                            new Shape(entry.getValue().shape())),
                                                    entry.getKey()))
                            .toArray(NDArray[]::new));
        }
    }

    /**
     * A parameter's value.
     *
     * @param shape sizes of its dimensions
     * @param values last dimension fastest
     */
    record Parameter(long[] shape, float[] values) {}

    @Override
    public void close() {
        manager.close();
        model.close();
    }

    /**
     * Calls a signature.
     *
     * @param inputs in alphabetical order of their names: that is how DJL binds them
     * @return outputs, which belong to the first input's manager
     * @throws ModelException when the model has no such signature or fails
     */
    NDList run(String signature, NDArray... inputs) {
        TfSymbolBlock block = signatures.computeIfAbsent(signature, this::open);
        try {
            return block.forward(unused, new NDList(inputs), false);
        } catch (RuntimeException e) {
            throw new ModelException(
                    "the model failed on inputs %s: %s"
                            .formatted(
                                    Stream.of(inputs)
                                            .map(input -> input.getName() + input.getShape())
                                            .collect(Collectors.joining(", ")),
                                    e.getMessage()),
                    e);
        }
    }

    private TfSymbolBlock open(String signature) {
        if (!bundle.getMetaGraphDef().containsSignatureDef(signature)) {
            throw new ModelException(
                    "the model has no signature '%s', which keeping and transferring trained models needs; docs/own-model.md tells what it does"
                            .formatted(signature));
        }
        return new TfSymbolBlock(bundle, signature);
    }

    static NDArray named(NDArray array, String name) {
        array.setName(name);
        return array;
    }
}
