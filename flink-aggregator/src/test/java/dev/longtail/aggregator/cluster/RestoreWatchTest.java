package dev.longtail.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreWatchTest {

    @Test
    void theLastCauseIsTheOneThatNamesTheFile() {
        String failure =
                """
                java.lang.Exception: Exception while creating StreamOperatorStateContext.
                \tat org.example.Task.run(Task.java:1)
                Caused by: org.apache.flink.util.FlinkException: Could not restore
                \t... 11 more
                Caused by: java.io.FileNotFoundException: /state/shared/1 (No such file)
                \tat java.base/java.io.FileInputStream.open0(Native Method)
                """;
        assertThat(RestoreWatch.rootCause(failure))
                .isEqualTo("java.io.FileNotFoundException: /state/shared/1 (No such file)");
    }

    @Test
    void withoutACauseTheFailureItself() {
        assertThat(RestoreWatch.rootCause("java.lang.Error: lost\n\tat a.B.c(B.java)"))
                .isEqualTo("java.lang.Error: lost");
    }

    @Test
    void aFileThatAnotherThreadClosedIsNotTheReason() {
        String closed =
                """
                java.lang.Exception: Exception while creating StreamOperatorStateContext.
                Caused by: java.io.IOException: Cannot register Closeable, registry is already closed. Closing argument.
                """;
        String missing =
                """
                java.lang.Exception: Exception while creating StreamOperatorStateContext.
                Caused by: java.io.FileNotFoundException: /state/shared/1 (No such file)
                """;
        assertThat(RestoreWatch.reason(List.of(closed, missing, closed)))
                .isEqualTo("java.io.FileNotFoundException: /state/shared/1 (No such file)");
        assertThat(RestoreWatch.reason(List.of(closed, closed, closed)))
                .startsWith("java.io.IOException: Cannot register Closeable");
    }
}
