package dev.longtail.trials.training;

import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.sampling.BatchOrder;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/**
 * Runs trials, one after the other, in one session. Not safe for use by several threads; each has
 * its own.
 */
public final class TrialTrainer implements AutoCloseable {

    private final Dataset dataset;
    private final SubsetSampler sampler;
    private final Optimizer optimizer;
    private final ModelSession session;
    private final TrainingData data;

    /**
     * @param session closed with this trainer
     * @param data perhaps shared with other trainers
     */
    TrialTrainer(
            SubsetSampler sampler, Optimizer optimizer, ModelSession session, TrainingData data) {
        this.dataset = data.dataset();
        this.sampler = sampler;
        this.optimizer = optimizer;
        this.session = session;
        this.data = data;
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
        int[] included = sampler.draw(seeds);
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
                    data.train(
                            session,
                            order.nextEpoch(),
                            order.batchSize(),
                            (float) optimizer.rate(epoch),
                            (float) optimizer.momentum());
        }
        long trained = System.nanoTime();
        byte[] mask = new byte[PackedBits.byteLength(dataset.train().size())];
        for (int i : included) {
            PackedBits.set(mask, i);
        }
        byte[] trainCorrect = data.evaluateTrain(session);
        byte[] testCorrect = data.evaluateTest(session);
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

    /**
     * Saves the parameters of the model that was trained last.
     *
     * @param file in NumPy's {@code .npz}
     * @throws ModelException when the model cannot tell or the file cannot be written
     */
    public void saveParameters(Path file) {
        ParameterFile.write(file, parameters());
    }

    /**
     * The parameters of the model that was trained last.
     *
     * @throws ModelException when the model cannot tell
     */
    SortedMap<String, ModelSession.Parameter> parameters() {
        return session.read();
    }

    @Override
    public void close() {
        session.close();
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }
}
