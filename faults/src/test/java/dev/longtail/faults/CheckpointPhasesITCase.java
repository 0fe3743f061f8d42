package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process killed in each phase of a checkpoint, held there by a breakpoint. */
@ExtendWith(TestedSystem.Shared.class)
class CheckpointPhasesITCase {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointPhasesITCase.class);
    private static final int TRIALS_PER_SECOND = 200;
    private static final int ROUNDS = FaultLength.rounds(1, 5);

    /** More tasks than one TaskManager has slots: both take part in each checkpoint. */
    private static final int PARALLELISM = 4;

    private enum Phase {
        TRIGGERED(true, COORDINATOR, "startTriggeringCheckpoint"),
        BEFORE_STATE_IS_TAKEN(false, TASK, "checkpointState"),
        SYNCHRONOUS_PART(
                false,
                "org.apache.flink.state.rocksdb.snapshot.RocksDBSnapshotStrategyBase",
                "takeDBNativeCheckpoint"),
        UPLOAD(
                false,
                "org.apache.flink.state.rocksdb.RocksDBStateUploader",
                "uploadLocalFileToCheckpointFs"),
        COMPLETION(
                true,
                "org.apache.flink.runtime.checkpoint.PendingCheckpoint",
                "finalizeCheckpoint"),
        AFTER_COMPLETION_BEFORE_NOTIFICATION(true, COORDINATOR, "sendAcknowledgeMessages"),
        NOTIFICATION(false, TASK, "notifyCheckpointComplete");

        final boolean jobManager;
        final String className;
        final String method;

        Phase(boolean jobManager, String className, String method) {
            this.jobManager = jobManager;
            this.className = className;
            this.method = method;
        }
    }

    private static final Set<Phase> PHASES =
            FaultLength.isShort()
                    ? EnumSet.complementOf(
                            EnumSet.of(Phase.TRIGGERED, Phase.COMPLETION, Phase.NOTIFICATION))
                    : EnumSet.allOf(Phase.class);

    private static final String COORDINATOR =
            "org.apache.flink.runtime.checkpoint.CheckpointCoordinator";
    private static final String TASK =
            "org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinatorImpl";

    @Test
    void everyTrialCountsOnceWhateverPhaseFails(TestedSystem system) throws Exception {
        Load load = Load.of("phases", FaultLength.choose(60_000, 300_000));
        Recoveries recoveries = new Recoveries();
        try (CountedJob job = new CountedJob(system, load, 3)) {
            job.start(PARALLELISM);
            try (TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
                job.awaitTrials(1);
                for (int round = 0; round < ROUNDS; round++) {
                    for (Phase phase : PHASES) {
                        job.awaitCheckpoint();
                        recoveries.after(phase.toString(), job, () -> killIn(phase, system, job));
                    }
                }
                int trials = feed.end();
                job.assertExact(trials);
                LOG.info("{} trials; longest recoveries {}", trials, recoveries.longest());
            }
            assertThat(system.flink.crashReports()).isEmpty();
        }
    }

    private static void killIn(Phase phase, TestedSystem system, CountedJob job) {
        if (phase.jobManager) {
            try (Breakpoint breakpoint =
                    Breakpoint.set(
                            system.flink.jobManagerDebugPort(), phase.className, phase.method)) {
                Breakpoint.awaitFirst(List.of(breakpoint));
                system.flink.jobManager().kill();
            }
            job.start(PARALLELISM);
        } else {
            List<Breakpoint> breakpoints =
                    system.flink.breakTaskManagers(phase.className, phase.method);
            int victim = 1 + Breakpoint.awaitFirst(breakpoints);
            system.flink.taskManager(victim).kill();
            breakpoints.forEach(Breakpoint::close);
            system.flink.startTaskManager(victim);
        }
    }
}
