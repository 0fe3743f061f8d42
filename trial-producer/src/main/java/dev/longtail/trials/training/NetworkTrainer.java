package dev.longtail.trials.training;

import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** Runs trials one after the other: any model can be trained so. */
final class NetworkTrainer implements TrialTrainer {

    private final SubsetSampler sampler;
    private final Optimizer optimizer;
    private final ModelSession session;
    private final TrainingData data;

    /**
     * @param session closed with this trainer
     * @param data perhaps shared with other trainers
     */
    NetworkTrainer(
            SubsetSampler sampler, Optimizer optimizer, ModelSession session, TrainingData data) {
        this.sampler = sampler;
        this.optimizer = optimizer;
        this.session = session;
        this.data = data;
    }

    @Override
    public int trialsAtOnce() {
        return 1;
    }

    @Override
    public void run(List<TrialSeeds> trials, BooleanSupplier abandon, Receiver receiver)
            throws AbandonedException {
        for (TrialSeeds seeds : trials) {
            receiver.receive(seeds, train(seeds, loss -> {}, abandon));
        }
    }

    /**
     * Runs one trial.
     *
     * @param epochs told the mean loss of every epoch
     */
    TrialOutcome train(TrialSeeds seeds, DoubleConsumer epochs, BooleanSupplier abandon)
            throws AbandonedException {
        StopWatch watch = new StopWatch();
        TrialPlan plan = TrialPlan.of(seeds, sampler, optimizer);
        session.init(seeds.initialization());
        double prepared = watch.lapMillis();
        int batch = plan.order().batchSize();
        float loss = Float.NaN;
        for (int epoch = 0; epoch < optimizer.epochs(); epoch++) {
            if (abandon.getAsBoolean()) {
                throw new AbandonedException();
            }
            float rate = (float) optimizer.rate(epoch);
            float momentum = (float) optimizer.momentum();
            loss =
                    data.train(
                                    session.manager(),
                                    plan.order().nextEpoch(),
                                    batch,
                                    (index, x, y) ->
                                            new float[] {
                                                session.train(index, batch, rate, momentum, x, y)
                                            })[0];
            epochs.accept(loss);
        }
        double trained = watch.lapMillis();
        List<TrainingData.Predictor> model = List.of(session::evaluate);
        byte[] trainCorrect = data.evaluateTrain(session.manager(), model).get(0);
        byte[] testCorrect = data.evaluateTest(session.manager(), model).get(0);
        return plan.outcome(
                data.dataset(),
                trainCorrect,
                testCorrect,
                loss,
                new TrialOutcome.Timings(prepared, trained, watch.lapMillis()));
    }

    @Override
    public SortedMap<String, ModelSession.Parameter> parameters() {
        return session.read();
    }

    @Override
    public void close() {
        session.close();
    }
}
