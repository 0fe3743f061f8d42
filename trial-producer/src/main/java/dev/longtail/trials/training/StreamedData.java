package dev.longtail.trials.training;

import ai.djl.ndarray.NDManager;
import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import java.util.Arrays;

/** A data set larger than memory: the pictures of some steps at a time are read from its files. */
final class StreamedData extends TrainingData {

    StreamedData(Dataset dataset) {
        super(dataset);
    }

    @Override
    float train(ModelSession session, int[] index, int batch, float rate, float momentum) {
        int steps = index.length / batch;
        int stepsAtOnce = Math.max(1, chunkSize() / batch);
        double loss = 0;
        for (int step = 0; step < steps; step += stepsAtOnce) {
            int end = Math.min(steps, step + stepsAtOnce);
            int[] examples = Arrays.copyOfRange(index, step * batch, end * batch);
            int[] positions = new int[examples.length];
            Arrays.setAll(positions, k -> k);
            try (NDManager manager = session.manager().newSubManager()) {
                Chunk chunk = chunk(dataset().train(), examples, manager);
                loss +=
                        (double) (end - step)
                                * session.train(
                                        positions, batch, rate, momentum, chunk.x(), chunk.y());
            }
        }
        return (float) (loss / steps);
    }

    @Override
    byte[] evaluateTrain(ModelSession session) {
        return evaluate(session, dataset().train());
    }

    @Override
    byte[] evaluateTest(ModelSession session) {
        return evaluate(session, dataset().test());
    }

    private byte[] evaluate(ModelSession session, ExampleSet examples) {
        byte[] correct = new byte[PackedBits.byteLength(examples.size())];
        for (int from = 0; from < examples.size(); from += chunkSize()) {
            int to = Math.min(examples.size(), from + chunkSize());
            try (NDManager manager = session.manager().newSubManager()) {
                mark(session, chunk(examples, from, to, manager), correct, from);
            }
        }
        return correct;
    }
}
