package dev.longtail.trials.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.sampling.BatchOrder;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Runs trials, one after the other, in one session. Not safe for use by several threads; each has
 * its own.
 */
public final class TrialTrainer implements AutoCloseable {

    /** Examples evaluated at once: enough to be fast, few enough to bound memory. */
    private static final int EVALUATION_CHUNK = 4096;

    private final Dataset dataset;
    private final SubsetSampler sampler;
    private final Optimizer optimizer;
    private final ModelSession session;
    private final NDArray trainX;
    private final NDArray trainY;
    private final List<Chunk> trainChunks;
    private final List<Chunk> testChunks;

    /** Consecutive examples as tensors. */
    private record Chunk(NDArray x, NDArray y) {}

    /**
     * @param session closed with this trainer
     */
    public TrialTrainer(
            Dataset dataset, SubsetSampler sampler, Optimizer optimizer, ModelSession session) {
        this.dataset = dataset;
        this.sampler = sampler;
        this.optimizer = optimizer;
        this.session = session;
        Standardization standardization = Standardization.of(dataset.train().images());
        Chunk all = chunk(dataset.train(), standardization, 0, dataset.train().size());
        this.trainX = all.x();
        this.trainY = all.y();
        this.trainChunks =
                dataset.train().size() <= EVALUATION_CHUNK
                        ? List.of(all)
                        : chunks(dataset.train(), standardization);
        this.testChunks = chunks(dataset.test(), standardization);
    }

    /**
     * Runs one trial.
     *
     * @param seeds of the trial
     * @param abandon asked after every epoch
     * @return the outcome
     * @throws AbandonedException when {@code abandon} said so
     */
    public TrialOutcome run(TrialSeeds seeds, BooleanSupplier abandon) throws AbandonedException {
        long start = System.nanoTime();
        int[] included = sampler.draw(TrialSeeds.generator(seeds.subset()));
        BatchOrder order =
                new BatchOrder(
                        included, optimizer.batchSize(), TrialSeeds.generator(seeds.order()));
        session.init(seeds.initialization());
        long prepared = System.nanoTime();
        float loss = Float.NaN;
        for (int epoch = 0; epoch < optimizer.epochs(); epoch++) {
            if (abandon.getAsBoolean()) {
                throw new AbandonedException();
            }
            loss =
                    session.train(
                            order.nextEpoch(),
                            order.batchSize(),
                            (float) optimizer.rate(epoch),
                            (float) optimizer.momentum(),
                            trainX,
                            trainY);
        }
        long trained = System.nanoTime();
        byte[] mask = new byte[PackedBits.byteLength(dataset.train().size())];
        for (int i : included) {
            PackedBits.set(mask, i);
        }
        byte[] trainCorrect = evaluate(trainChunks, dataset.train().size());
        byte[] testCorrect = evaluate(testChunks, dataset.test().size());
        long evaluated = System.nanoTime();
        return new TrialOutcome(
                mask,
                trainCorrect,
                testCorrect,
                dataset.train().size(),
                dataset.test().size(),
                loss,
                new TrialOutcome.Timings(
                        millis(start, prepared),
                        millis(prepared, trained),
                        millis(trained, evaluated)));
    }

    @Override
    public void close() {
        session.close();
    }

    private byte[] evaluate(List<Chunk> chunks, int size) {
        byte[] correct = new byte[PackedBits.byteLength(size)];
        int at = 0;
        for (Chunk chunk : chunks) {
            for (boolean right : session.evaluate(chunk.x(), chunk.y())) {
                if (right) {
                    PackedBits.set(correct, at);
                }
                at++;
            }
        }
        return correct;
    }

    private List<Chunk> chunks(ExampleSet examples, Standardization standardization) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += EVALUATION_CHUNK) {
            int to = Math.min(examples.size(), from + EVALUATION_CHUNK);
            chunks.add(chunk(examples, standardization, from, to));
        }
        return chunks;
    }

    private Chunk chunk(ExampleSet examples, Standardization standardization, int from, int to) {
        ImageShape shape = examples.images().shape();
        int length = shape.length();
        float[] values = new float[Math.multiplyExact(to - from, length)];
        for (int i = from; i < to; i++) {
            int offset = (i - from) * length;
            examples.images().copyTo(i, values, offset);
            standardization.apply(values, offset, length);
        }
        NDManager manager = session.manager();
        return new Chunk(
                manager.create(
                        FloatBuffer.wrap(values),
                        new Shape(to - from, shape.height(), shape.width(), shape.channels())),
                manager.create(
                        IntBuffer.wrap(examples.labels(), from, to - from).slice(),
                        new Shape(to - from)));
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }
}
