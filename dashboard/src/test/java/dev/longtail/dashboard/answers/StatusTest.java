package dev.longtail.dashboard.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.dashboard.flink.JobHealth;
import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.model.OutputModel;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.model.Snapshots;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.PairScopeKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusTest {

    private final ExperimentDescription description = Snapshots.random(5, 2, 2).description();
    private final OutputModel model = new OutputModel("random", description);

    private static JobHealth health(String state, Optional<String> failure) {
        return new JobHealth(
                state, OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty(), failure);
    }

    private Status status(String state, boolean flink, boolean kafka) {
        return status(health(state, Optional.empty()), flink, kafka);
    }

    private Status status(JobHealth health, boolean flink, boolean kafka) {
        return Status.of(model.snapshot(), "random", health, flink, kafka, OptionalLong.of(115));
    }

    private void introduce() {
        model.put(
                JobDescription.newBuilder()
                        .setExperiment("random")
                        .setOutput("random")
                        .setJobId("0".repeat(32))
                        .setJobName("job")
                        .setAttempt(1)
                        .setStartedAt(Instant.EPOCH)
                        .setScope(PairScopeKind.ALL)
                        .setTileTrain(1)
                        .setTileTest(1)
                        .setMaxParallelism(1)
                        .build());
    }

    private void count(long block, long second, long received) {
        model.put(
                Convergence.newBuilder()
                        .setExperiment("random")
                        .setAttempt(1)
                        .setBlock(block)
                        .setEmittedAt(Instant.EPOCH.plusSeconds(second))
                        .setTrials(received - 3)
                        .setReceived(received)
                        .setRejected(4)
                        .setDuplicates(5)
                        .setConflicts(1)
                        .build());
    }

    @Test
    void isLoadingUntilTheTopicsAreRead() {
        assertThat(status("RUNNING", true, true).phase()).isEqualTo(Phase.LOADING);
    }

    @Test
    void isEmptyWithoutAJobAndWithoutTrials() {
        model.loaded();
        assertThat(status("UNKNOWN", true, true).phase()).isEqualTo(Phase.EMPTY);
        introduce();
        Status waiting = status("RUNNING", true, true);
        assertThat(waiting.phase()).isEqualTo(Phase.EMPTY);
        assertThat(waiting.trials()).isNull();
        assertThat(waiting.lag()).isNull();
    }

    @Test
    void isLiveOnlyWhileTheJobRunsAndKafkaAnswers() {
        model.loaded();
        introduce();
        count(1, 0, 80);
        assertThat(status("RUNNING", true, true).phase()).isEqualTo(Phase.LIVE);
        assertThat(status("UNKNOWN", false, true).phase()).isEqualTo(Phase.LIVE);
        for (String state :
                new String[] {"RESTARTING", "STARTING", "CREATED", "UNREACHABLE", "UNKNOWN"}) {
            assertThat(status(state, true, true).phase()).as(state).isEqualTo(Phase.STALE);
        }
        assertThat(status("RUNNING", true, false).phase()).isEqualTo(Phase.STALE);
        for (String state : new String[] {"FINISHED", "CANCELED", "FAILED"}) {
            assertThat(status(state, true, true).phase()).as(state).isEqualTo(Phase.ENDED);
        }
    }

    @Test
    void saysByWhatTheJobFailed() {
        model.loaded();
        introduce();
        count(1, 0, 80);
        String full = "java.io.IOException: No space left on device";
        assertThat(status(health("STARTING", Optional.of(full)), true, true).why())
                .endsWith("last figures published. It failed last by " + full);
        assertThat(status("STARTING", true, true).why()).endsWith("last figures published");
    }

    @Test
    void accountsForEveryRecordOfTheTrialTopic() {
        model.loaded();
        introduce();
        count(1, 0, 80);
        count(2, 30, 100);
        Status status = status("RUNNING", true, true);
        assertThat(status.trials()).isEqualTo(97);
        assertThat(status.pending()).isEqualTo(3);
        assertThat(status.lag()).isEqualTo(115 - 100 - 4 - 5 - 1);
        assertThat(status.trialsPerHour()).isEqualTo(20 * 120.0);
    }

    @Test
    void saysWhetherTrialsWereLeftOutByTheirOutcome() {
        model.loaded();
        assertThat(status("RUNNING", true, true).convergedOnly()).isNull();
        count(1, 0, 80);
        assertThat(status("RUNNING", true, true).convergedOnly()).isFalse();
        model.put(
                Convergence.newBuilder()
                        .setExperiment("random")
                        .setAttempt(1)
                        .setBlock(2)
                        .setEmittedAt(Instant.EPOCH.plusSeconds(5))
                        .setTrials(70)
                        .setReceived(80)
                        .setNotConverged(10)
                        .setConvergedOnly(true)
                        .build());
        Status status = status("RUNNING", true, true);
        assertThat(status.convergedOnly()).isTrue();
        assertThat(status.notConverged()).isEqualTo(10);
    }

    @Test
    void measuresTheRateOverTheLastTwoMinutes() {
        model.loaded();
        for (int k = 0; k <= 20; k++) {
            count(k + 1, 30L * k, k <= 10 ? 100 : 100 + 6L * (k - 10));
        }
        Snapshot snapshot = model.snapshot();
        assertThat(Rate.trialsPerHour(snapshot.convergence())).isEqualTo(6 * 120.0);
    }
}
