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
import org.tensorflow.proto.ConfigProto;

/**
 * One TensorFlow session of a model that carries its own training, see {@link TrainableModel} for
 * its signatures. One thread computes, so that the same calls give the same bits; scale by one
 * session per thread. Not safe for use by several threads.
 */
public final class ModelSession implements AutoCloseable {

    static final String INIT = "init";
    static final String TRAIN = "train";
    static final String EVALUATE = "evaluate";

    private final ZooModel<NDList, NDList> model;
    private final NDManager manager;
    private final ParameterStore unused;
    private final TfSymbolBlock init;
    private final TfSymbolBlock train;
    private final TfSymbolBlock evaluate;

    private ModelSession(ZooModel<NDList, NDList> model, SavedModelBundle bundle) {
        this.model = model;
        this.manager = model.getNDManager().newSubManager();
        this.unused = new ParameterStore(manager, false);
        this.init = new TfSymbolBlock(bundle, INIT);
        this.train = new TfSymbolBlock(bundle, TRAIN);
        this.evaluate = new TfSymbolBlock(bundle, EVALUATE);
    }

    /**
     * Loads a model.
     *
     * @param directory with {@code saved_model.pb}
     * @throws ModelException when it cannot be loaded or lacks a signature
     */
    public static ModelSession load(Path directory) {
        ConfigProto oneThread =
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(1)
                        .setInterOpParallelismThreads(-1)
                        .build();
        Criteria<NDList, NDList> criteria =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optEngine("TensorFlow")
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
        } catch (IOException | ModelNotFoundException | MalformedModelException e) {
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
            run(init, named(call.create(seed), "seed"));
        }
    }

    /**
     * Takes some steps of training.
     *
     * @param index examples, step by step, [steps x batch]
     * @param batch examples per step
     * @param rate learning rate
     * @param momentum of the optimiser
     * @param x pictures, [n, height, width, channels]
     * @param y labels, [n]
     * @return mean loss over the steps
     */
    float train(int[] index, int batch, float rate, float momentum, NDArray x, NDArray y) {
        try (NDManager call = manager.newSubManager()) {
            NDArray steps =
                    call.create(IntBuffer.wrap(index), new Shape(index.length / batch, batch));
            NDList result =
                    run(
                            train,
                            named(steps, "index"),
                            named(call.create(rate), "lr"),
                            named(call.create(momentum), "momentum"),
                            named(x, "x"),
                            named(y, "y"));
            return result.singletonOrThrow().getFloat();
        }
    }

    /**
     * Asks the model for the labels of some examples.
     *
     * @param x pictures, [k, height, width, channels]
     * @param y labels, [k]
     * @return whether each is predicted right, [k]
     */
    boolean[] evaluate(NDArray x, NDArray y) {
        try (NDList result = run(evaluate, named(x, "x"), named(y, "y"))) {
            return result.singletonOrThrow().toBooleanArray();
        }
    }

    @Override
    public void close() {
        manager.close();
        model.close();
    }

    /** Inputs in alphabetical order of their names: that is how DJL binds them. */
    private NDList run(TfSymbolBlock signature, NDArray... inputs) {
        return signature.forward(unused, new NDList(inputs), false);
    }

    private static NDArray named(NDArray array, String name) {
        array.setName(name);
        return array;
    }
}
