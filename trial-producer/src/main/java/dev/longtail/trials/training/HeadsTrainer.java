package dev.longtail.trials.training;

import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs many trials of a linear model together, see {@link LinearHeads}. */
final class HeadsTrainer implements TrialTrainer {

    /** More bring no more speed. */
    private static final int MOST_HEADS = 64;

    /** Values of all heads together: larger models gain nothing from company. */
    private static final int MOST_VALUES = 1 << 20;

    private final SubsetSampler sampler;
    private final Optimizer optimizer;
    private final ModelSession session;
    private final LinearHeadsSession heads;
    private final TrainingData data;
    private final int trialsAtOnce;
    private int current;

    /**
     * @param session of a linear model, closed with this trainer
     * @param data perhaps shared with other trainers
     */
    HeadsTrainer(
            SubsetSampler sampler, Optimizer optimizer, ModelSession session, TrainingData data) {
        this.sampler = sampler;
        this.optimizer = optimizer;
        this.session = session;
        this.heads = new LinearHeadsSession(session);
        this.data = data;
        long values =
                (long) data.dataset().train().images().shape().length() * data.dataset().classes();
        this.trialsAtOnce = (int) Math.max(1, Math.min(MOST_HEADS, MOST_VALUES / values));
    }

    @Override
    public int trialsAtOnce() {
        return trialsAtOnce;
    }

    /** Trials of the same number of steps together: subsets may differ in size. */
    @Override
    public void run(List<TrialSeeds> trials, BooleanSupplier abandon, Receiver receiver)
            throws AbandonedException {
        Collection<List<TrialPlan>> groups =
                trials.stream()
                        .map(seeds -> TrialPlan.of(seeds, sampler, optimizer))
                        .collect(
                                Collectors.groupingBy(
                                        plan ->
                                                List.of(
                                                        plan.order().batchSize(),
                                                        plan.order().steps()),
                                        LinkedHashMap::new,
                                        Collectors.toList()))
                        .values();
        for (List<TrialPlan> group : groups) {
            train(group, abandon, receiver);
        }
    }

    /** One alone is trained twice: TensorFlow multiplies a single matrix with other roundings. */
    private List<TrialPlan> accompanied(List<TrialPlan> plans) {
        return plans.size() > 1
                ? plans
                : List.of(plans.get(0), TrialPlan.of(plans.get(0).seeds(), sampler, optimizer));
    }

    private void train(List<TrialPlan> trials, BooleanSupplier abandon, Receiver receiver)
            throws AbandonedException {
        StopWatch watch = new StopWatch();
        List<TrialPlan> plans = accompanied(trials);
        start(plans);
        double prepared = watch.lapMillis();
        int count = plans.size();
        int batch = plans.get(0).order().batchSize();
        float[] loss = new float[count];
        for (int epoch = 0; epoch < optimizer.epochs(); epoch++) {
            if (abandon.getAsBoolean()) {
                throw new AbandonedException();
            }
            float rate = (float) optimizer.rate(epoch);
            float momentum = (float) optimizer.momentum();
            loss =
                    data.train(
                            session.manager(),
                            nextEpoch(plans),
                            count * batch,
                            (index, x, y) ->
                                    heads.train(index, count, batch, rate, momentum, x, y));
        }
        double trained = watch.lapMillis();
        List<TrainingData.Predictor> models = predictors(trials.size());
        List<byte[]> trainCorrect = data.evaluateTrain(session.manager(), models);
        List<byte[]> testCorrect = data.evaluateTest(session.manager(), models);
        TrialOutcome.Timings share =
                new TrialOutcome.Timings(
                        prepared / trials.size(),
                        trained / trials.size(),
                        watch.lapMillis() / trials.size());
        for (int h = 0; h < trials.size(); h++) {
            current = h;
            receiver.receive(
                    trials.get(h).seeds(),
                    trials.get(h)
                            .outcome(
                                    data.dataset(),
                                    trainCorrect.get(h),
                                    testCorrect.get(h),
                                    loss[h],
                                    share));
        }
    }

    /** Every model starts as it would alone. */
    private void start(List<TrialPlan> plans) {
        List<SortedMap<String, ModelSession.Parameter>> starts = new ArrayList<>();
        for (TrialPlan plan : plans) {
            session.init(plan.seeds().initialization());
            starts.add(session.read());
        }
        heads.start(starts);
    }

    private List<TrainingData.Predictor> predictors(int count) {
        return IntStream.range(0, count)
                .<TrainingData.Predictor>mapToObj(h -> (x, y) -> heads.evaluate(h, x, y))
                .toList();
    }

    /** Examples of an epoch, step by step and model by model. */
    private static int[] nextEpoch(List<TrialPlan> plans) {
        int batch = plans.get(0).order().batchSize();
        int steps = plans.get(0).order().steps();
        int[] index = new int[steps * plans.size() * batch];
        for (int h = 0; h < plans.size(); h++) {
            int[] own = plans.get(h).order().nextEpoch();
            for (int step = 0; step < steps; step++) {
                System.arraycopy(
                        own, step * batch, index, (step * plans.size() + h) * batch, batch);
            }
        }
        return index;
    }

    @Override
    public SortedMap<String, ModelSession.Parameter> parameters() {
        return heads.read(current);
    }

    @Override
    public void close() {
        session.close();
    }
}
