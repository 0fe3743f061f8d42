package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.ReferenceCheck;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The job of one load: its JobManager started, watched, killed; its counters held to account. */
final class CountedJob implements AutoCloseable {

    /**
     * For everything that comes by itself, on a machine that does much else: longer than the two
     * minutes after which a job publishes once more what its forerunner may have overwritten.
     */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Most faults wait for a checkpoint or two. */
    private static final int CHECKPOINT_MILLIS = FaultLength.choose(500, 1_000);

    private final TestedSystem system;
    private final ExperimentKafka kafka;
    private final List<String> kafkaArguments;
    private final Load load;
    private final RandomTrials trials;
    private final int partitions;
    private final ProgressFeed progress;

    /** Of the job that ran before this JobManager: its tasks may go on publishing for a while. */
    private long attemptBefore;

    /** Describes the experiment; nothing runs yet. */
    CountedJob(TestedSystem system, Load load, int partitions) throws Exception {
        this(system, system.kafka, load, partitions);
    }

    /** The same with another Kafka. */
    CountedJob(TestedSystem system, ExperimentKafka kafka, Load load, int partitions)
            throws Exception {
        this(
                system,
                kafka,
                List.of("--bootstrap-servers=" + kafka.properties().get("bootstrap.servers")),
                load,
                partitions);
    }

    /** The same with what the job needs to reach it. */
    CountedJob(
            TestedSystem system,
            ExperimentKafka kafka,
            List<String> kafkaArguments,
            Load load,
            int partitions)
            throws Exception {
        this.system = system;
        this.kafka = kafka;
        this.kafkaArguments = kafkaArguments;
        this.load = load;
        this.trials = load.trials();
        this.partitions = partitions;
        kafka.describe(trials.experiment(), partitions);
        this.progress = new ProgressFeed(kafka.properties(), load.experiment());
    }

    RandomTrials trials() {
        return trials;
    }

    /** Trials that there will be. */
    long size() {
        return load.count();
    }

    /** Where its checkpoints go. */
    Path checkpoints() {
        return system.dir.resolve("checkpoints").resolve(load.experiment());
    }

    /** Its checkpoints and savepoints. */
    RestorePoints restorePoints() {
        return new RestorePoints(checkpoints().toUri().toString());
    }

    /**
     * Starts a JobManager, which goes on from the newest state.
     *
     * @param options instead of those of the same name that all jobs here have, or beside them
     */
    void start(int parallelism, String... options) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.of(
                        Stream.of(
                                "--experiment=" + load.experiment(),
                                "--checkpoint-dir=" + checkpoints().getParent(),
                                "--checkpoint-interval=" + CHECKPOINT_MILLIS,
                                // Checkpoints hold what is on its way between tasks.
                                "--alignment-timeout=0",
                                "--parallelism=" + parallelism),
                        load.jobOptions().stream(),
                        kafkaArguments.stream(),
                        Stream.of(options))
                .flatMap(Function.identity())
                .forEach(argument -> arguments.put(argument.split("=", 2)[0], argument));
        attemptBefore = progress().getAttempt();
        system.flink.startJobManager(List.copyOf(arguments.values()));
    }

    /**
     * Starts JobManagers as a supervisor does, one after the other, until the job runs.
     *
     * @return how many it took
     */
    int startUntilItRuns(int parallelism) {
        int starts = 0;
        do {
            start(parallelism);
            starts++;
            await().atMost(PATIENCE)
                    .until(() -> system.rest.runs() || !system.flink.jobManager().isAlive());
        } while (!system.flink.jobManager().isAlive());
        return starts;
    }

    void awaitRunning() {
        await().atMost(PATIENCE).until(system.rest::runs);
    }

    /** The last published progress; its trials are 0 before the first. */
    Convergence progress() {
        return progress.last();
    }

    /** Waits for progress of the job that this JobManager runs. */
    Convergence awaitProgress(Predicate<Convergence> condition) {
        return await().atMost(PATIENCE)
                .until(
                        this::progress,
                        last -> last.getAttempt() > attemptBefore && condition.test(last));
    }

    Convergence awaitTrials(long count) {
        return awaitProgress(last -> last.getTrials() >= count);
    }

    /**
     * Waits until a checkpoint is complete that holds all that is published now.
     *
     * @return trials in it at least
     */
    long awaitCheckpoint() {
        long floor = progress().getTrials();
        long complete = system.rest.completedCheckpoints();
        // One may have begun before: the second began afterwards.
        await().atMost(PATIENCE).until(() -> system.rest.completedCheckpoints() >= complete + 2);
        return floor;
    }

    /** Stops the job with a savepoint; back when its JobManager has ended. */
    void stop() {
        long before = savepoints();
        system.rest.stopWithSavepoint(restorePoints().savepoints(), system.flink.jobManager());
        assertThat(system.flink.jobManager().awaitExit()).isZero();
        assertThat(savepoints()).isGreaterThan(before);
    }

    private long savepoints() {
        return restorePoints().newestFirst().stream()
                .filter(point -> point.path().contains(RestorePoints.SAVEPOINTS_SUFFIX))
                .count();
    }

    /** {@link #assertExact(int)} of all trials of the load. */
    Convergence assertExact() throws Exception {
        return assertExact(load.count());
    }

    /**
     * Waits until the first trials of the load, which are all there are, are counted; then compares
     * every counter in state and every published value with the reference, and sees that nothing of
     * an earlier attempt is left among the estimates and pairs.
     */
    Convergence assertExact(int count) throws Exception {
        Convergence last = awaitTrials(count);
        assertThat(last.getTrials()).isEqualTo(count);
        assertThat(last.getReceived()).isEqualTo(count);
        RandomTrials expected = count == load.count() ? trials : load.first(count).trials();
        ReferenceCheck reference = new ReferenceCheck(expected, kafka, load.experiment());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            reference.assertEstimates();
                            reference.assertPairs();
                            assertNothingStale(progress().getAttempt());
                        });
        try (QueryableStateEstimateReader reader = openReader()) {
            reference.assertState(reader);
            if (partitions == 1) {
                reference.assertEvenState(reader);
            }
        }
        return last;
    }

    /** A job that has just started may not have said yet where its state is read. */
    private QueryableStateEstimateReader openReader() {
        return await().atMost(PATIENCE)
                .ignoreException(EstimateUnavailableException.class)
                .until(
                        () ->
                                QueryableStateEstimateReader.open(
                                        kafka.properties(),
                                        load.experiment(),
                                        null,
                                        system.flink.rest(),
                                        PATIENCE),
                        reader -> true);
    }

    /** Every estimate and every list of pairs is of one attempt: none was left by another. */
    void assertNothingStale(long attempt) {
        String output = load.experiment();
        assertThat(kafka.newest(output + ".estimates", MemorizationBlock.class).values())
                .extracting(MemorizationBlock::getAttempt)
                .containsOnly(attempt);
        assertThat(kafka.newest(output + ".pairs", PairBlock.class).values())
                .extracting(PairBlock::getAttempt)
                .containsOnly(attempt);
    }

    /** Ids of the trials in the topic, in order of their offsets, repeats included. */
    List<String> publishedIds() {
        return kafka.all(load.experiment() + ".trials", Trial.class).stream()
                .map(Trial::getId)
                .toList();
    }

    /** The JobManager goes; its TaskManagers stay for the next one. */
    @Override
    public void close() {
        progress.close();
        if (system.flink.jobManager() != null) {
            system.flink.jobManager().close();
        }
    }
}
