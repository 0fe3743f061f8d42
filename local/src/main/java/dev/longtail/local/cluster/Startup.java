package dev.longtail.local.cluster;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;

/** Whether a submitted job comes up: all of its tasks run, or something failed before they did. */
final class Startup {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Startup() {}

    /**
     * Waits until all tasks run.
     *
     * @return what failed, as Flink tells it; empty when the job runs
     * @throws IllegalStateException when neither happens for three minutes
     */
    static Optional<String> failure(EmbeddedCluster cluster, JobID job) {
        AccessExecutionGraph graph =
                Failsafe.with(
                                RetryPolicy.<AccessExecutionGraph>builder()
                                        .handle(Exception.class)
                                        .handleResultIf(seen -> !runs(seen) && !failed(seen))
                                        .withDelay(LOOK)
                                        .withMaxRetries(-1)
                                        .withMaxDuration(PATIENCE)
                                        .build())
                        .get(() -> seen(cluster, job).join());
        if (runs(graph)) {
            return Optional.empty();
        }
        if (!failed(graph)) {
            throw new IllegalStateException(
                    "the job '%s' is still %s after %d s"
                            .formatted(graph.getJobName(), graph.getState(), PATIENCE.toSeconds()));
        }
        return Optional.of(why(graph));
    }

    private static CompletableFuture<? extends AccessExecutionGraph> seen(
            EmbeddedCluster cluster, JobID job) {
        return cluster.miniCluster().getExecutionGraph(job);
    }

    private static boolean runs(AccessExecutionGraph graph) {
        return graph.getState() == JobStatus.RUNNING
                && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                        .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    }

    private static boolean failed(AccessExecutionGraph graph) {
        return graph.getFailureInfo() != null || graph.getState().isTerminalState();
    }

    private static String why(AccessExecutionGraph graph) {
        ErrorInfo failure = graph.getFailureInfo();
        return failure == null ? graph.getState().toString() : failure.getExceptionAsString();
    }
}
