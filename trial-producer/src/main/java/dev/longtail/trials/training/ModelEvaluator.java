package dev.longtail.trials.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.longtail.trials.data.ExampleSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Asks models that were trained and saved before about other examples. One thread at a time. */
public final class ModelEvaluator implements AutoCloseable {

    private static final int CHUNK = 1024;

    private final ModelSession session;
    private final NDManager manager;
    private final int size;
    private final List<TrainingData.Chunk> chunks = new ArrayList<>();

    /**
     * @param model directory as {@link ModelFactory#saveModel} leaves it
     * @param examples to ask about
     * @throws ModelException when the model cannot be loaded
     */
    public ModelEvaluator(Path model, ExampleSet examples) {
        TensorFlowEngine.load();
        Standardization standardization =
                Standardization.of(ParameterFile.read(model.resolve(ModelFactory.INPUT_FILE)));
        this.session = ModelSession.load(model);
        this.manager = NDManager.newBaseManager(Device.cpu(), TensorFlowEngine.NAME);
        this.size = examples.size();
        for (int from = 0; from < size; from += CHUNK) {
            int[] indices = IntStream.range(from, Math.min(size, from + CHUNK)).toArray();
            chunks.add(TrainingData.chunk(examples, indices, standardization, manager));
        }
        session.init(0);
    }

    /**
     * Which examples a trained model predicts right.
     *
     * @param parameters file with its parameters
     * @return packed bits
     * @throws ModelException when the parameters cannot be read or do not fit
     */
    public byte[] correct(Path parameters) {
        session.write(ParameterFile.read(parameters));
        List<TrainingData.Predictor> model = List.of(session::evaluate);
        List<byte[]> correct = TrainingData.noneCorrect(model, size);
        for (int k = 0; k < chunks.size(); k++) {
            TrainingData.mark(model, chunks.get(k), correct, k * CHUNK);
        }
        return correct.get(0);
    }

    @Override
    public void close() {
        manager.close();
        session.close();
    }
}
