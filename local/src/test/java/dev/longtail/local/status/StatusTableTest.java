package dev.longtail.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTableTest {

    @Test
    void unknownFiguresAreDashesAndReplaysNameTheirExperiment() {
        ExperimentStatus counted =
                new ExperimentStatus(
                        "demo",
                        "demo",
                        "RUNNING",
                        12L,
                        10L,
                        true,
                        11L,
                        1L,
                        0L,
                        0L,
                        2_000_000L,
                        0.0613,
                        3L,
                        2,
                        "java.io.IOException: No space left on device");
        ExperimentStatus replay =
                new ExperimentStatus(
                        "demo", "again", "NO_JOB", 12L, null, null, null, null, null, null, null,
                        null, null, null, null);
        String[] lines = StatusTable.of(List.of(counted, replay)).split("\\R");
        assertThat(lines).hasSize(5);
        assertThat(lines[1].split("\\s{2,}"))
                .containsExactly(
                        "demo",
                        "RUNNING",
                        "10, converged only",
                        "11",
                        "1",
                        "0",
                        "0",
                        "2000000",
                        "0.0613",
                        "3 s ago, 2 FAILED since");
        assertThat(lines[2]).startsWith("again (replay of demo)").endsWith("-");
        assertThat(lines[3]).isEmpty();
        assertThat(lines[4])
                .isEqualTo(
                        "The job of 'demo' failed last by java.io.IOException: No space left on device");
    }
}
