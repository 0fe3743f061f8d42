package dev.longtail.trials.training;

import static dev.longtail.trials.training.ModelSession.named;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.SortedMap;

/**
 * Trains several linear models at once in a session, see {@link LinearHeads}.
 *
 * @param session of a linear model
 */
record LinearHeadsSession(ModelSession session) {

    /**
     * Starts the models.
     *
     * @param starts parameters of each
     */
    void start(List<SortedMap<String, Parameter>> starts) {
        try (NDManager call = session.manager().newSubManager()) {
            session.run(
                    LinearHeads.START,
                    named(stacked(call, starts, LinearHeads.BIAS), "biases"),
                    named(stacked(call, starts, LinearHeads.WEIGHT), "weights"));
        }
    }

    /**
     * Takes some steps of training of all models.
     *
     * @param index examples, step by step and model by model, [steps x heads x batch]
     * @param heads number of models
     * @param batch examples per step and model
     * @param rate learning rate
     * @param momentum of the optimiser
     * @param x pictures, [n, height, width, channels], named x
     * @param y labels, [n], named y
     * @return mean loss over the steps, [heads]
     */
    float[] train(
            int[] index, int heads, int batch, float rate, float momentum, NDArray x, NDArray y) {
        try (NDManager call = session.manager().newSubManager()) {
            Shape shape = new Shape(index.length / (heads * batch), heads, batch);
            return session.run(
                            LinearHeads.TRAIN,
                            named(call.create(IntBuffer.wrap(index), shape), "index"),
                            named(call.create(rate), "lr"),
                            named(call.create(momentum), "momentum"),
                            x,
                            y)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    /**
     * Asks one of the models for the labels of some examples.
     *
     * @param x pictures, [k, height, width, channels], named x
     * @param y labels, [k], named y
     * @return whether each is predicted right, [k]
     */
    boolean[] evaluate(int head, NDArray x, NDArray y) {
        try (NDManager call = session.manager().newSubManager()) {
            return session.run(LinearHeads.EVALUATE, named(call.create(head), "head"), x, y)
                    .singletonOrThrow()
                    .toBooleanArray();
        }
    }

    /** Reads the parameters of one of the models. */
    SortedMap<String, Parameter> read(int head) {
        try (NDManager call = session.manager().newSubManager()) {
            return ModelSession.parameters(
                    session.run(LinearHeads.READ, named(call.create(head), "head")));
        }
    }

    private static NDArray stacked(
            NDManager manager, List<SortedMap<String, Parameter>> starts, String name) {
        Parameter first = starts.get(0).get(name);
        FloatBuffer values = FloatBuffer.allocate(starts.size() * first.values().length);
        starts.forEach(start -> values.put(start.get(name).values()));
        return manager.create(
                values.flip(), new Shape(starts.size()).addAll(new Shape(first.shape())));
    }
}
