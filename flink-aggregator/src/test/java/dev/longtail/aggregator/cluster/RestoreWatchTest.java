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

    /** An older checkpoint may help against it, but not against a failure of our own code. */
    @Test
    void damageThatRocksDbFindsIsOfTheState() {
        String damaged =
                """
                org.apache.flink.util.FlinkRuntimeException: Error while retrieving data from RocksDB.
                Caused by: org.rocksdb.RocksDBException: block checksum mismatch: stored = 1, computed = 2  in /tmp/db/000011.sst offset 0 size 4055
                """;
        String ours = "java.lang.IllegalArgumentException: checksum mismatch";

        assertThat(RestoreWatch.areAllOfState(List.of(damaged, damaged))).isTrue();
        assertThat(RestoreWatch.isAnyOfDamage(List.of(ours, damaged))).isTrue();
        assertThat(RestoreWatch.areAllOfState(List.of(damaged, ours))).isFalse();
        assertThat(RestoreWatch.isAnyOfDamage(List.of(ours))).isFalse();
        assertThat(RestoreWatch.reason(List.of(damaged)))
                .startsWith("org.rocksdb.RocksDBException: block checksum mismatch");
    }

    /** What was overtaken is in files of its own, and in the form of the release that wrote it. */
    @Test
    void messagesInACheckpointAreOfTheState() {
        String missing =
                """
                java.io.FileNotFoundException: /state/chk-7/3 (No such file)
                \tat java.base/java.io.FileInputStream.open0(Native Method)
                \tat org.apache.flink.runtime.checkpoint.channel.SequentialChannelStateReaderImpl.readSequentially(SequentialChannelStateReaderImpl.java:1)
                """;
        String unread =
                """
                java.lang.RuntimeException: Unable to read channel state
                Caused by: java.io.FileNotFoundException: /state/chk-7/3 (No such file)
                """;
        String ofAnotherRelease =
                "java.io.IOException: expected messages of format 2, found 1: the checkpoint holds";

        assertThat(RestoreWatch.areAllOfState(List.of(missing, unread, ofAnotherRelease))).isTrue();
        assertThat(RestoreWatch.isAnyOfDamage(List.of(missing, unread))).isFalse();
        assertThat(RestoreWatch.isAnyOfDamage(List.of(ofAnotherRelease))).isTrue();
    }

    /** Older states would be given up one after the other, for nothing. */
    @Test
    void aFullDiskOfATaskIsNotOfTheState() {
        String missing =
                """
                java.lang.Exception: Exception while creating StreamOperatorStateContext.
                \tat org.apache.flink.streaming.api.operators.StreamTaskStateInitializerImpl.streamOperatorStateContext(StreamTaskStateInitializerImpl.java:1)
                Caused by: java.io.FileNotFoundException: /state/shared/1 (No such file)
                """;
        String full =
                """
                java.lang.Exception: Exception while creating StreamOperatorStateContext.
                \tat org.apache.flink.streaming.api.operators.StreamTaskStateInitializerImpl.streamOperatorStateContext(StreamTaskStateInitializerImpl.java:1)
                Caused by: java.io.IOException: No space left on device
                """;
        String closed =
                """
                java.lang.Exception: Exception while creating StreamOperatorStateContext.
                \tat org.apache.flink.streaming.api.operators.StreamTaskStateInitializerImpl.streamOperatorStateContext(StreamTaskStateInitializerImpl.java:1)
                Caused by: java.io.IOException: Cannot register Closeable, registry is already closed. Closing argument.
                """;

        assertThat(RestoreWatch.areAllOfState(List.of(missing, missing, missing))).isTrue();
        assertThat(RestoreWatch.areAllOfState(List.of(closed, missing, closed))).isTrue();
        assertThat(RestoreWatch.areAllOfState(List.of(closed, closed, closed))).isFalse();
        assertThat(RestoreWatch.areAllOfState(List.of(full, full, full))).isFalse();
        assertThat(RestoreWatch.areAllOfState(List.of(missing, full, missing))).isFalse();
    }
}
