package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes killed and paused at random under load. In the short form a JobManager dies together
 * with a TaskManager here, and alone in {@link CheckpointPhasesITCase} and {@link ReadsITCase}.
 */
@ExtendWith(TestedSystem.Shared.class)
class CrashITCase {

    private static final Logger LOG = LoggerFactory.getLogger(CrashITCase.class);
    private static final int TRIALS_PER_SECOND = 200;
    private static final int ROUNDS = FaultLength.rounds(1, 4);
    private static final Duration STORM = Duration.ofSeconds(FaultLength.choose(6, 60));
    private static final Duration PAUSE = Duration.ofSeconds(FaultLength.choose(5, 60));

    /** Longer than the chart's heartbeats may be missing. */
    private static final Duration LOST = Duration.ofSeconds(20);

    private static final long SEED = 9;

    /** More tasks than one TaskManager has slots: whichever is killed, the job is hit. */
    private static final int PARALLELISM = 4;

    private final Random random = new Random(SEED);
    private final Recoveries recoveries = new Recoveries();

    @Test
    void everyTrialCountsOnceWhateverIsKilled(TestedSystem system) throws Exception {
        Load load = Load.of("crash", FaultLength.choose(100_000, 600_000));
        try (CountedJob job = new CountedJob(system, load, 1)) {
            job.start(PARALLELISM);
            try (TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
                job.awaitTrials(1);
                for (int round = 0; round < ROUNDS; round++) {
                    killTaskManagersAgainAndAgain(system, job);
                    if (!FaultLength.isShort()) {
                        killTaskManager(system, job);
                        killJobManager(system, job);
                    }
                    killBoth(system, job);
                    recoveries.after("producer killed", job, feed::killAndReplace);
                    exhaustMemory(system, job);
                    if (!FaultLength.isShort()) {
                        pauseTaskManager(system, job);
                    }
                    pauseBroker(system, job);
                    killBroker(system, job);
                    shutDownBroker(system, job);
                }
                int trials = feed.end();
                Convergence end = job.assertExact(trials);
                LOG.info(
                        "{} trials, {} repeats; longest recoveries {}",
                        trials,
                        end.getDuplicates(),
                        recoveries.longest());
                assertThat(end.getRejected()).isZero();
                assertThat(end.getConflicts()).isZero();
            }
            assertThat(system.flink.crashReports()).isEmpty();
        }
    }

    /** A TaskManager every few seconds, whether the job has recovered from the last kill or not. */
    private void killTaskManagersAgainAndAgain(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        recoveries.afterRestart(
                "TaskManagers killed every 2 to 6 s for " + STORM.toSeconds() + " s",
                job,
                () -> {
                    Instant end = Instant.now().plus(STORM);
                    do {
                        pause(Duration.ofMillis(random.nextInt(2_000, 6_000)));
                        replaceTaskManager(system);
                    } while (Instant.now().isBefore(end));
                });
    }

    private void killTaskManager(TestedSystem system, CountedJob job) {
        job.awaitRunning();
        job.awaitCheckpoint();
        recoveries.afterRestart("TaskManager killed", job, () -> replaceTaskManager(system));
    }

    private void replaceTaskManager(TestedSystem system) {
        int victim = 1 + random.nextInt(TestedSystem.TASK_MANAGERS);
        system.flink.taskManager(victim).kill();
        system.flink.startTaskManager(victim);
    }

    private void killJobManager(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        recoveries.afterRestart("JobManager killed", job, () -> replaceJobManager(system, job));
    }

    private static void replaceJobManager(TestedSystem system, CountedJob job) {
        system.flink.jobManager().kill();
        job.start(PARALLELISM);
    }

    private void killBoth(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        recoveries.afterRestart(
                "JobManager and TaskManager killed",
                job,
                () -> {
                    replaceTaskManager(system);
                    replaceJobManager(system, job);
                });
    }

    /** In the middle of a fold; the process must say so and end, not limp on. */
    private void exhaustMemory(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        recoveries.afterRestart(
                "out of memory in a task",
                job,
                () -> {
                    List<Breakpoint> folds =
                            system.flink.breakTaskManagers(
                                    "dev.longtail.aggregator.folding.FoldFunction",
                                    "processElement");
                    int victim = 1 + Breakpoint.awaitFirst(folds);
                    folds.get(victim - 1).exhaustHeap();
                    folds.forEach(Breakpoint::close);
                    OsProcess taskManager = system.flink.taskManager(victim);
                    assertThat(taskManager.awaitExit()).isNotZero();
                    assertThat(taskManager.log()).contains("java.lang.OutOfMemoryError");
                    system.flink.startTaskManager(victim);
                });
    }

    /** Longer than the heartbeat timeout: it is taken for dead, replaced, and comes back. */
    private void pauseTaskManager(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        int victim = 1 + random.nextInt(TestedSystem.TASK_MANAGERS);
        recoveries.afterRestart(
                "TaskManager paused for " + LOST.toSeconds() + " s",
                job,
                () -> {
                    system.flink.taskManager(victim).pause();
                    pause(LOST);
                    system.flink.taskManager(victim).resume();
                });
    }

    private void pauseBroker(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        recoveries.after(
                "broker paused for " + PAUSE.toSeconds() + " s",
                job,
                () -> {
                    system.broker.process().pause();
                    pause(PAUSE);
                    system.broker.process().resume();
                });
    }

    private void killBroker(TestedSystem system, CountedJob job) {
        job.awaitCheckpoint();
        recoveries.after(
                "broker killed",
                job,
                () -> {
                    system.broker.process().kill();
                    system.broker.start();
                });
    }

    /** In order, as at an update of its machine: it takes leave of its clients. */
    private void shutDownBroker(TestedSystem system, CountedJob job) {
        recoveries.after(
                "broker shut down in order",
                job,
                () -> {
                    assertThat(system.broker.process().terminate())
                            .as("the exit code of a JVM that ended in order at SIGTERM")
                            .isEqualTo(128 + 15);
                    system.broker.start();
                });
    }

    /** The time between two faults or of one is part of the fault. */
    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(30)).until(() -> true);
    }
}
