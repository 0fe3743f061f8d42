package dev.longtail.trials.training;

import ai.djl.ndarray.NDManager;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import java.util.ArrayList;
import java.util.List;

/** A data set that is kept as tensors, once for all sessions of a process. */
final class ResidentData extends TrainingData {

    private final Chunk train;
    private final List<Chunk> trainChunks;
    private final List<Chunk> testChunks;

    /**
     * @param manager owns the tensors
     */
    ResidentData(Dataset dataset, NDManager manager) {
        super(dataset);
        this.train = chunk(dataset.train(), 0, dataset.train().size(), manager);
        this.trainChunks =
                dataset.train().size() <= chunkSize()
                        ? List.of(train)
                        : chunks(dataset.train(), manager);
        this.testChunks = chunks(dataset.test(), manager);
    }

    @Override
    float[] train(NDManager manager, int[] index, int examplesPerStep, Steps steps) {
        return steps.take(index, train.x(), train.y());
    }

    @Override
    List<byte[]> evaluateTrain(NDManager manager, List<Predictor> models) {
        return evaluate(models, trainChunks, dataset().train().size());
    }

    @Override
    List<byte[]> evaluateTest(NDManager manager, List<Predictor> models) {
        return evaluate(models, testChunks, dataset().test().size());
    }

    /** All training examples. */
    Chunk train() {
        return train;
    }

    /** All test examples, in chunks. */
    List<Chunk> testChunks() {
        return testChunks;
    }

    private List<Chunk> chunks(ExampleSet examples, NDManager manager) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += chunkSize()) {
            int to = Math.min(examples.size(), from + chunkSize());
            chunks.add(chunk(examples, from, to, manager));
        }
        return chunks;
    }

    private List<byte[]> evaluate(List<Predictor> models, List<Chunk> chunks, int size) {
        List<byte[]> correct = noneCorrect(models, size);
        int first = 0;
        for (Chunk chunk : chunks) {
            mark(models, chunk, correct, first);
            first += chunkSize();
        }
        return correct;
    }
}
