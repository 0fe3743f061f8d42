package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes killed and paused at random, under load and while state is being read. */
@ExtendWith(TestedSystem.Shared.class)
class CrashITCase {

    private static final Logger LOG = LoggerFactory.getLogger(CrashITCase.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TRIALS_PER_SECOND = FaultLength.choose(100, 150);
    private static final int ROUNDS = FaultLength.choose(1, 6);
    private static final int TASK_MANAGER_KILLS = 2;
    private static final long SEED = 9;

    private final Random random = new Random(SEED);
    private final Recoveries recoveries = new Recoveries();

    @Test
    void everyTrialCountsOnceWhateverIsKilled(TestedSystem system) throws Exception {
        Load load = Load.of("crash", FaultLength.choose(10_000, 100_000));
        try (CountedJob job = new CountedJob(system, load, 1)) {
            job.start(2);
            OsProcess generator = system.startGenerator(load, TRIALS_PER_SECOND);
            job.awaitTrials(1);
            try (Hammer hammer = new Hammer(system, job.trials())) {
                for (int round = 0; round < ROUNDS; round++) {
                    killTaskManagers(system, job, hammer);
                    killJobManager(system, job, hammer);
                    killBoth(system, job, hammer);
                    generator = killGenerator(system, load, job, generator);
                    pauseBroker(system, job, hammer);
                    killBroker(system, job, hammer);
                }
                OsProcess last = generator;
                await().atMost(PATIENCE).until(() -> !last.isAlive());
                assertThat(last.awaitExit()).isZero();
                Convergence end = job.assertExact();
                hammer.raiseFloor(load.count());
                long answers = hammer.answers();
                await().atMost(PATIENCE).until(() -> hammer.answers() > answers + 100);
                LOG.info(
                        "{} trials, {} repeats; {} answers, refusals {}; longest recoveries {}",
                        end.getTrials(),
                        end.getDuplicates(),
                        hammer.answers(),
                        hammer.unavailable(),
                        recoveries.longest());
                assertThat(hammer.wrong()).isEmpty();
                assertThat(end.getRejected()).isZero();
                assertThat(end.getConflicts()).isZero();
            } finally {
                generator.close();
            }
            assertThat(job.publishedIds().stream().distinct())
                    .containsExactlyElementsOf(names(load));
            assertThat(system.flink.crashReports()).isEmpty();
        }
    }

    private static List<String> names(Load load) {
        return IntStream.range(0, load.count()).mapToObj(String::valueOf).toList();
    }

    private void killTaskManagers(TestedSystem system, CountedJob job, Hammer hammer) {
        for (int kill = 0; kill < TASK_MANAGER_KILLS; kill++) {
            hammer.raiseFloor(job.awaitCheckpoint());
            int victim = 1 + random.nextInt(TestedSystem.TASK_MANAGERS);
            recoveries.after(
                    "TaskManager killed", job, false, () -> replaceTaskManager(system, victim));
        }
    }

    private static void replaceTaskManager(TestedSystem system, int victim) {
        system.flink.taskManager(victim).kill();
        system.flink.startTaskManager(victim);
    }

    private void killJobManager(TestedSystem system, CountedJob job, Hammer hammer) {
        hammer.raiseFloor(job.awaitCheckpoint());
        recoveries.after("JobManager killed", job, true, () -> replaceJobManager(system, job));
    }

    private static void replaceJobManager(TestedSystem system, CountedJob job) {
        system.flink.jobManager().kill();
        job.start(2);
    }

    private void killBoth(TestedSystem system, CountedJob job, Hammer hammer) {
        hammer.raiseFloor(job.awaitCheckpoint());
        int victim = 1 + random.nextInt(TestedSystem.TASK_MANAGERS);
        recoveries.after(
                "JobManager and TaskManager killed",
                job,
                true,
                () -> {
                    replaceTaskManager(system, victim);
                    replaceJobManager(system, job);
                });
    }

    private OsProcess killGenerator(
            TestedSystem system, Load load, CountedJob job, OsProcess generator) {
        OsProcess[] replacement = new OsProcess[1];
        recoveries.after(
                "producer killed",
                job,
                false,
                () -> {
                    generator.kill();
                    replacement[0] = system.startGenerator(load, TRIALS_PER_SECOND);
                });
        return replacement[0];
    }

    private void pauseBroker(TestedSystem system, CountedJob job, Hammer hammer) {
        hammer.raiseFloor(job.awaitCheckpoint());
        Duration pause = Duration.ofSeconds(FaultLength.choose(5, 60));
        recoveries.after(
                "broker paused for " + pause.toSeconds() + " s",
                job,
                false,
                () -> {
                    system.broker.process().pause();
                    await().pollDelay(pause).atMost(pause.plusSeconds(5)).until(() -> true);
                    system.broker.process().resume();
                });
    }

    private void killBroker(TestedSystem system, CountedJob job, Hammer hammer) {
        hammer.raiseFloor(job.awaitCheckpoint());
        recoveries.after(
                "broker killed",
                job,
                false,
                () -> {
                    system.broker.process().kill();
                    system.broker.start();
                });
    }
}
