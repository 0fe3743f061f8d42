package dev.longtail.dashboard.simulation;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.PairScopeKind;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;

/** Publishes what the job would publish for simulated trials. */
public final class SimulatedJob {

    private static final int TOP = 20;
    private static final double MEMORIZATION_THRESHOLD = 0.25;
    private static final double INFLUENCE_THRESHOLD = 0.15;

    private final SimulatedExperiment experiment;
    private final ExperimentTopics topics;
    private final SimulatedTrials trials;
    private final int groupSize;
    private boolean convergedOnly;
    private long attempt = 1;
    private long block;
    private double[] previous;
    private Instant clock = Instant.now();
    private DrawnPairs drawn;

    /** A job that counts an experiment's trials in groups of 256 examples. */
    public SimulatedJob(SimulatedExperiment experiment) {
        this(experiment, 256);
    }

    /** A job with groups of another size. */
    public SimulatedJob(SimulatedExperiment experiment, int groupSize) {
        this.groupSize = groupSize;
        this.experiment = experiment;
        this.topics = experiment.topics();
        this.trials = experiment.trials();
    }

    /** From now on it says that it leaves out trials that did not converge. */
    public SimulatedJob convergedOnly() {
        convergedOnly = true;
        return this;
    }

    /** Lets a job of an experiment whose pairs are not counted publish pairs that are drawn. */
    public SimulatedJob withDrawnPairs(int perTrainGroup, int perTest) {
        drawn = new DrawnPairs(perTrainGroup, perTest);
        return this;
    }

    /** Introduces the job under a Flink job id. */
    public void introduce(String jobId) {
        send(
                topics.jobTopic(),
                topics.output(),
                JobDescription.newBuilder()
                        .setConvergedOnly(convergedOnly)
                        .setExperiment(topics.experiment())
                        .setOutput(topics.output())
                        .setJobId(jobId)
                        .setJobName("longtail " + topics.output())
                        .setAttempt(attempt)
                        .setStartedAt(clock)
                        .setScope(
                                trials.pairCorrect.length == 0 && drawn == null
                                        ? PairScopeKind.NONE
                                        : PairScopeKind.ALL)
                        .setTileTrain(groupSize)
                        .setTileTest(groupSize)
                        .setMaxParallelism(128)
                        .build());
    }

    /** Runs trials and publishes a refresh, some seconds of the job's clock later. */
    public void refresh(int newTrials, int seconds) {
        trials.run(newTrials);
        block++;
        clock = clock.plusSeconds(seconds);
        int groups = (trials.trainSize + groupSize - 1) / groupSize;
        for (int group = 0; group < groups; group++) {
            publishGroup(group, groups);
        }
        if (trials.pairCorrect.length > 0 || drawn != null) {
            for (int group = 0; group < groups; group++) {
                publishTrainPairs(group, groups);
            }
            int testGroups = (trials.testSize + groupSize - 1) / groupSize;
            for (int group = 0; group < testGroups; group++) {
                publishTestPairs(group, testGroups);
            }
        }
        publishConvergence();
        experiment.flush();
    }

    /** Publishes a dead letter. */
    public void reject(String message) {
        send(
                topics.rejectedTopic(),
                topics.trialsTopic() + "/0/17",
                RejectedRecord.newBuilder()
                        .setReason(RejectionReason.UNDECODABLE)
                        .setMessage(message)
                        .setTopic(topics.trialsTopic())
                        .setPartition(0)
                        .setOffset(17)
                        .setTimestamp(clock)
                        .setValueSize(5)
                        .build());
        experiment.flush();
    }

    private void publishGroup(int group, int groups) {
        int[] examples = range(group, trials.trainSize);
        MemorizationBlock value =
                MemorizationBlock.newBuilder()
                        .setExperiment(topics.experiment())
                        .setGroup(group)
                        .setGroups(groups)
                        .setBlock(block)
                        .setAttempt(attempt)
                        .setEmittedAt(clock)
                        .setTrials(trials.trials)
                        .setEvenTrials(trials.evenTrials)
                        .setExamples(boxed(examples))
                        .setIncluded(picked(trials.included, examples))
                        .setIncludedCorrect(picked(trials.includedCorrect, examples))
                        .setExcludedCorrect(picked(trials.excludedCorrect, examples))
                        .setEvenIncluded(picked(trials.evenIncluded, examples))
                        .setEvenIncludedCorrect(picked(trials.evenIncludedCorrect, examples))
                        .setEvenExcludedCorrect(picked(trials.evenExcludedCorrect, examples))
                        .setMemorization(mapped(examples, trials::memorization))
                        .setStandardError(mapped(examples, trials::memorizationError))
                        .setLargestInfluence(new ArrayList<>())
                        .setLargestInfluenceTest(new ArrayList<>())
                        .setMeanInfluence(new ArrayList<>())
                        .build();
        if (trials.pairCorrect.length > 0) {
            for (int i : examples) {
                int best =
                        IntStream.range(0, trials.testSize)
                                .boxed()
                                .max(Comparator.comparingDouble(j -> trials.influence(i, j)))
                                .orElseThrow();
                double mean =
                        IntStream.range(0, trials.testSize)
                                .mapToDouble(j -> trials.influence(i, j))
                                .average()
                                .orElseThrow();
                value.getLargestInfluence().add((float) trials.influence(i, best));
                value.getLargestInfluenceTest().add(best);
                value.getMeanInfluence().add((float) mean);
            }
        }
        if (drawn != null) {
            for (int i : examples) {
                value.getLargestInfluence().add((float) (0.8 * trials.memorization(i)));
                value.getLargestInfluenceTest().add(i % trials.testSize);
                value.getMeanInfluence().add((float) (0.001 * trials.memorization(i)));
            }
        }
        send(topics.estimatesTopic(), ExperimentTopics.groupKey(Split.TRAIN, group), value);
        send(topics.historyTopic(), ExperimentTopics.historyKey(group, trials.trials), value);
    }

    private void publishTrainPairs(int group, int groups) {
        int[] examples = range(group, trials.trainSize);
        List<InfluencePair> pairs =
                drawn == null
                        ? highInfluencePairs(examples)
                        : drawn.ofTrains(trials, group, examples);
        PairBlock value =
                pairBlock(Split.TRAIN, group, groups, examples, pairs)
                        .setMemorizationThreshold(MEMORIZATION_THRESHOLD)
                        .setInfluenceThreshold(INFLUENCE_THRESHOLD)
                        .build();
        send(topics.pairsTopic(), ExperimentTopics.groupKey(Split.TRAIN, group), value);
    }

    private List<InfluencePair> highInfluencePairs(int[] examples) {
        List<InfluencePair> pairs = new ArrayList<>();
        for (int i : examples) {
            if (trials.memorization(i) >= MEMORIZATION_THRESHOLD) {
                for (int j = 0; j < trials.testSize; j++) {
                    if (trials.influence(i, j) >= INFLUENCE_THRESHOLD) {
                        pairs.add(pair(i, j));
                    }
                }
            }
        }
        pairs.sort(
                Comparator.comparingInt(InfluencePair::getTrain)
                        .thenComparing(
                                Comparator.comparingDouble(InfluencePair::getInfluence)
                                        .reversed()));
        return pairs;
    }

    private void publishTestPairs(int group, int groups) {
        int[] examples = range(group, trials.testSize);
        List<InfluencePair> pairs =
                drawn == null ? strongestPairs(examples) : drawn.ofTests(trials, group, examples);
        PairBlock value = pairBlock(Split.TEST, group, groups, examples, pairs).setTop(TOP).build();
        send(topics.pairsTopic(), ExperimentTopics.groupKey(Split.TEST, group), value);
    }

    private List<InfluencePair> strongestPairs(int[] examples) {
        List<InfluencePair> pairs = new ArrayList<>();
        for (int j : examples) {
            List<Integer> order = new ArrayList<>();
            IntStream.range(0, trials.trainSize).forEach(order::add);
            order.sort(Comparator.comparingDouble(i -> -trials.influence(i, j)));
            for (int k = 0; k < TOP; k++) {
                pairs.add(pair(order.get(k), j));
            }
            for (int k = trials.trainSize - TOP; k < trials.trainSize; k++) {
                pairs.add(pair(order.get(k), j));
            }
        }
        return pairs;
    }

    private PairBlock.Builder pairBlock(
            Split side, int group, int groups, int[] examples, List<InfluencePair> pairs) {
        return PairBlock.newBuilder()
                .setExperiment(topics.experiment())
                .setSide(side)
                .setGroup(group)
                .setGroups(groups)
                .setBlock(block)
                .setAttempt(attempt)
                .setEmittedAt(clock)
                .setTrials(trials.trials)
                .setExamples(boxed(examples))
                .setPairs(pairs);
    }

    private InfluencePair pair(int i, int j) {
        double influence = trials.influence(i, j);
        double error = trials.influenceError(i, j);
        return InfluencePair.newBuilder()
                .setTrain(i)
                .setTest(j)
                .setIncluded(trials.included[i])
                .setIncludedCorrect(trials.pairCorrect[i][j])
                .setCorrect(trials.correct[j])
                .setInfluence(influence)
                .setStandardError(error)
                .setMemorization(trials.memorization(i))
                .setLogEValue(influence > 0 ? influence * influence / error / error / 2 : null)
                .build();
    }

    private void publishConvergence() {
        double[] memorization =
                IntStream.range(0, trials.trainSize).mapToDouble(trials::memorization).toArray();
        double[] errors =
                IntStream.range(0, trials.trainSize)
                        .mapToDouble(trials::memorizationError)
                        .sorted()
                        .toArray();
        long pairs = 0;
        for (int i = 0; i < trials.pairCorrect.length; i++) {
            for (int j = 0; j < trials.testSize && memorization[i] >= 0.25; j++) {
                pairs += trials.influence(i, j) >= INFLUENCE_THRESHOLD ? 1 : 0;
            }
        }
        double t = trials.trials;
        double p = 0.3;
        Convergence value =
                Convergence.newBuilder()
                        .setConvergedOnly(convergedOnly)
                        .setExperiment(topics.experiment())
                        .setBlock(block)
                        .setAttempt(attempt)
                        .setEmittedAt(clock)
                        .setTrials(trials.trials)
                        .setReceived(trials.trials + 3L)
                        .setRejected(2)
                        .setDuplicates(1)
                        .setExamplesDefined(trials.trainSize)
                        .setMeanStandardError(Arrays.stream(errors).average().orElseThrow())
                        .setStandardErrorQuantiles(
                                Arrays.stream(new double[] {.05, .25, .5, .75, .95, 1})
                                        .mapToObj(q -> errors[(int) (q * (errors.length - 1))])
                                        .toList())
                        .setMeanSquaredStandardError(
                                Arrays.stream(errors).map(e -> e * e).average().orElseThrow())
                        .setLemmaBound(1 / (p * t) + 1 / ((1 - p) * t) + Math.exp(-p * t / 16) / 2)
                        .setMemorized(Arrays.stream(memorization).filter(m -> m >= 0.25).count())
                        .setDecidedShare(Math.min(1, 0.4 + t / 4000))
                        .setPairsInScope((long) trials.pairCorrect.length * trials.testSize)
                        .setHighInfluencePairs(pairs)
                        .setHighInfluenceTest(pairs)
                        .setHighInfluenceTestSingle(pairs)
                        .setHighInfluenceTrain(pairs)
                        .setExpectedFalsePairs(1000 * Math.exp(-t / 100))
                        .setConfirmationThreshold(0.0)
                        .setConfirmedPairs(pairs / 2)
                        .setConfirmedLogEValue(20.0)
                        .setRankCorrelation(previous == null ? null : 1 - 5 / t)
                        .setSplitHalfReliability(1 - 20 / t)
                        .setMemorizationInfluenceCorrelation(0.71)
                        .setIncludedAccuracy(0.985)
                        .setHeldOutAccuracy(0.83)
                        .setTestAccuracy(0.91)
                        .build();
        previous = memorization;
        send(topics.convergenceTopic(), topics.experiment(), value);
    }

    /** Imitates a restore of the job: what follows is of the next attempt. */
    public void restart() {
        attempt++;
    }

    private void send(String topic, String key, SpecificRecordBase value) {
        experiment.send(topic, key, value);
    }

    private int[] range(int group, int size) {
        return IntStream.range(group * groupSize, Math.min(size, (group + 1) * groupSize))
                .toArray();
    }

    private static List<Integer> boxed(int[] array) {
        return new ArrayList<>(Arrays.stream(array).boxed().toList());
    }

    private static List<Integer> picked(int[] array, int[] indices) {
        return boxed(Arrays.stream(indices).map(i -> array[i]).toArray());
    }

    private static List<Double> mapped(int[] indices, IntToDoubleFunction value) {
        return new ArrayList<>(Arrays.stream(indices).mapToDouble(value).boxed().toList());
    }
}
