package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State and dashboard read all the time while checkpoints are made, processes die and the
 * parallelism changes. Flink's reader takes no lease on RocksDB: a read while a task's state is
 * closed could crash the TaskManager, of which its JVM would leave a report.
 */
@ExtendWith(TestedSystem.Shared.class)
class ReadsITCase {

    private static final Logger LOG = LoggerFactory.getLogger(ReadsITCase.class);
    private static final int TRIALS_PER_SECOND = 100;

    private static final int STATE_READERS = FaultLength.choose(4, 8);
    private static final int LIST_READERS = FaultLength.choose(2, 4);

    /** Of each reader, after each answer: a short run needs processors to recover with. */
    private static final Duration PAUSE = Duration.ofMillis(FaultLength.choose(8, 0));

    /** Lists cost least and are there all the time: they would take what the pauses leave. */
    private static final Duration LIST_PAUSE = PAUSE.multipliedBy(4);

    /** Awaited between two faults, as a rate that is asserted would fail on a busy machine. */
    private static final int ANSWERS = FaultLength.choose(1_000, 2_000);

    private static final int LISTS = FaultLength.choose(100, 1_000);

    private static final int ROUNDS = FaultLength.rounds(1, 15);

    /** Of the JobManager that takes over: in the short form it rescales, too, from a checkpoint. */
    private static final int AFTER_KILL = FaultLength.choose(5, 2);

    /** One after the other, from savepoints. */
    private static final int[] PARALLELISM =
            FaultLength.isShort() ? new int[] {2} : new int[] {3, 2};

    @Test
    void everyAnswerIsOfOneNumberOfTrialsWhateverHappens(TestedSystem system) throws Exception {
        Load load = Load.of("reads", FaultLength.choose(40_000, 150_000));
        try (CountedJob job = new CountedJob(system, load, 1);
                DashboardProcess dashboard =
                        new DashboardProcess(
                                system,
                                "reads",
                                List.of(
                                        "--bootstrap-servers="
                                                + system.broker.bootstrapServers()))) {
            job.start(2);
            try (TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
                job.awaitTrials(1);
                awaitPhase(dashboard, load, "live");
                Prefixes memorization = Prefixes.ofMemorization(job.trials(), load.trainSize());
                try (Hammer state =
                                new Hammer(
                                        system, job.trials(), memorization, STATE_READERS, PAUSE);
                        DashboardHammer shown =
                                new DashboardHammer(
                                        dashboard,
                                        job.trials(),
                                        memorization,
                                        LIST_READERS,
                                        LIST_PAUSE)) {
                    ReadRates rates = new ReadRates(state, shown);
                    for (int round = 0; round < ROUNDS; round++) {
                        if (!FaultLength.isShort()) {
                            awaitCheckpoint(job, state, shown, rates);
                            rates.enter("death of a TaskManager");
                            killTaskManager(system, job);
                        }
                        awaitCheckpoint(job, state, shown, rates);
                        rates.enter("death of the JobManager");
                        killJobManager(system, job, dashboard, load);
                        for (int parallelism : PARALLELISM) {
                            awaitCheckpoint(job, state, shown, rates);
                            rates.enter("rescale");
                            rescale(job, parallelism);
                        }
                    }
                    rates.enter("comparison of all counters");
                    int trials = feed.end();
                    job.assertExact(trials);
                    awaitPhase(dashboard, load, "live");
                    state.raiseFloor(trials);
                    awaitMore(state, shown);
                    rates.log();
                    LOG.info(
                            "{} trials; refusals of state {}, of the dashboard {}",
                            trials,
                            state.unavailable(),
                            shown.refusals());
                    assertThat(state.wrong()).isEmpty();
                    assertThat(shown.wrong()).isEmpty();
                }
            }
            assertThat(system.flink.crashReports()).isEmpty();
        }
    }

    /** What a complete checkpoint holds, and has been shown, may never be taken back. */
    private static void awaitCheckpoint(
            CountedJob job, Hammer state, DashboardHammer shown, ReadRates rates) {
        rates.enter("checkpoints");
        awaitMore(state, shown);
        long safe = job.awaitCheckpoint();
        state.raiseFloor(safe);
        await().atMost(CountedJob.PATIENCE).until(() -> shown.newest() >= safe);
        shown.raiseFloor(safe);
    }

    private static void awaitMore(Hammer state, DashboardHammer shown) {
        long answers = state.answers();
        long lists = shown.answers();
        await().atMost(CountedJob.PATIENCE)
                .until(
                        () -> {
                            assertThat(state.wrong()).isEmpty();
                            assertThat(shown.wrong()).isEmpty();
                            return state.answers() > answers + ANSWERS
                                    && shown.answers() > lists + LISTS;
                        });
    }

    private static void killTaskManager(TestedSystem system, CountedJob job) {
        system.flink.taskManager(1).kill();
        system.flink.startTaskManager(1);
        job.awaitRunning();
    }

    private static void killJobManager(
            TestedSystem system, CountedJob job, DashboardProcess dashboard, Load load) {
        system.flink.jobManager().kill();
        awaitPhase(dashboard, load, "stale");
        job.start(AFTER_KILL);
        awaitPhase(dashboard, load, "live");
    }

    private static void rescale(CountedJob job, int parallelism) {
        job.stop();
        job.start(parallelism);
        job.awaitRunning();
    }

    private static void awaitPhase(DashboardProcess dashboard, Load load, String phase) {
        await().atMost(CountedJob.PATIENCE)
                .until(() -> dashboard.phase(load.experiment()).equals(phase));
    }
}
