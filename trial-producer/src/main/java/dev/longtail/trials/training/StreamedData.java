package dev.longtail.trials.training;

import ai.djl.ndarray.NDManager;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import java.util.Arrays;
import java.util.List;

/** A data set larger than memory: the pictures of some steps at a time are read from its files. */
final class StreamedData extends TrainingData {

    StreamedData(Dataset dataset) {
        super(dataset);
    }

    @Override
    float[] train(NDManager manager, int[] index, int examplesPerStep, Steps steps) {
        int count = index.length / examplesPerStep;
        int stepsAtOnce = Math.max(1, chunkSize() / examplesPerStep);
        double[] loss = null;
        for (int step = 0; step < count; step += stepsAtOnce) {
            int end = Math.min(count, step + stepsAtOnce);
            int[] examples =
                    Arrays.copyOfRange(index, step * examplesPerStep, end * examplesPerStep);
            int[] positions = new int[examples.length];
            Arrays.setAll(positions, k -> k);
            try (NDManager call = manager.newSubManager()) {
                Chunk chunk = chunk(dataset().train(), examples, call);
                float[] mean = steps.take(positions, chunk.x(), chunk.y());
                loss = loss == null ? new double[mean.length] : loss;
                for (int m = 0; m < mean.length; m++) {
                    loss[m] += (double) mean[m] * (end - step) / count;
                }
            }
        }
        float[] means = new float[loss.length];
        for (int m = 0; m < means.length; m++) {
            means[m] = (float) loss[m];
        }
        return means;
    }

    @Override
    List<byte[]> evaluateTrain(NDManager manager, List<Predictor> models) {
        return evaluate(manager, models, dataset().train());
    }

    @Override
    List<byte[]> evaluateTest(NDManager manager, List<Predictor> models) {
        return evaluate(manager, models, dataset().test());
    }

    private List<byte[]> evaluate(NDManager manager, List<Predictor> models, ExampleSet examples) {
        List<byte[]> correct = noneCorrect(models, examples.size());
        for (int from = 0; from < examples.size(); from += chunkSize()) {
            int to = Math.min(examples.size(), from + chunkSize());
            try (NDManager call = manager.newSubManager()) {
                mark(models, chunk(examples, from, to, call), correct, from);
            }
        }
        return correct;
    }
}
