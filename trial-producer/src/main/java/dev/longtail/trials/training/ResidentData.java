package dev.longtail.trials.training;

import ai.djl.ndarray.NDManager;
import dev.longtail.schemas.PackedBits;
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
    float train(ModelSession session, int[] index, int batch, float rate, float momentum) {
        return session.train(index, batch, rate, momentum, train.x(), train.y());
    }

    @Override
    byte[] evaluateTrain(ModelSession session) {
        return evaluate(session, trainChunks, dataset().train().size());
    }

    @Override
    byte[] evaluateTest(ModelSession session) {
        return evaluate(session, testChunks, dataset().test().size());
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

    private byte[] evaluate(ModelSession session, List<Chunk> chunks, int size) {
        byte[] correct = new byte[PackedBits.byteLength(size)];
        int first = 0;
        for (Chunk chunk : chunks) {
            mark(session, chunk, correct, first);
            first += chunkSize();
        }
        return correct;
    }
}
