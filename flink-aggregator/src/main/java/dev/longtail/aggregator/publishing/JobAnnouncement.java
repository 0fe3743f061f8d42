package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobPlan;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.PairScopeKind;
import dev.longtail.schemas.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.QueryableStateOptions;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** The record by which readers find the job's state. */
public final class JobAnnouncement {

    /** Option that names the queryable-state proxy of a TaskManager that runs the job. */
    public static final String STATE_PROXY = "state-proxy";

    /** Option with B, trials per block. */
    public static final String BLOCK_SIZE = "block-size";

    /** Option with the shortest time between two publications, milliseconds. */
    public static final String REFRESH = "refresh";

    private JobAnnouncement() {}

    /** The announcement of an attempt, from within a task of the job. */
    public static OutputRecord ofAttempt(JobPlan plan, long attempt, RuntimeContext context) {
        JobInfo job = context.getJobInfo();
        return of(plan, attempt, job.getJobId().toHexString(), job.getJobName(), proxy(context));
    }

    /**
     * An announcement.
     *
     * @param stateProxy {@code host:port} of a queryable-state proxy; empty where it is unknown
     */
    public static OutputRecord of(
            JobPlan plan, long attempt, String jobId, String jobName, String stateProxy) {
        JobDescription description =
                JobDescription.newBuilder()
                        .setExperiment(plan.experiment())
                        .setOutput(plan.output())
                        .setJobId(jobId)
                        .setJobName(jobName)
                        .setAttempt(attempt)
                        .setStartedAt(Instant.ofEpochMilli(attempt))
                        .setScope(kind(plan.scope()))
                        .setTestSubset(subset(plan.scope()))
                        .setTileTrain(plan.limits().train())
                        .setTileTest(plan.limits().test())
                        .setMaxParallelism(AggregatorJob.MAX_PARALLELISM)
                        .setConvergedOnly(plan.convergedOnly())
                        .setAlpha(plan.thresholds().alpha())
                        .setMemorizationThreshold(plan.thresholds().memorization())
                        .setInfluenceThreshold(plan.thresholds().influence())
                        .setConfirmationThreshold(plan.thresholds().confirmation())
                        .setOptions(
                                Map.of(
                                        STATE_PROXY,
                                        stateProxy,
                                        BLOCK_SIZE,
                                        String.valueOf(plan.pacing().blockSize()),
                                        REFRESH,
                                        String.valueOf(plan.pacing().refreshMillis())))
                        .build();
        return OutputRecord.of(
                plan.topics().jobTopic(),
                plan.output(),
                RecordCodec.of(JobDescription.class).encode(description));
    }

    private static PairScopeKind kind(PairScope scope) {
        if (scope instanceof PairScope.All) {
            return PairScopeKind.ALL;
        }
        if (scope instanceof PairScope.SameClass) {
            return PairScopeKind.SAME_CLASS;
        }
        return scope instanceof PairScope.None ? PairScopeKind.NONE : PairScopeKind.TEST_SUBSET;
    }

    private static List<Integer> subset(PairScope scope) {
        return scope instanceof PairScope.TestSubset some ? Lists.of(some.examples()) : List.of();
    }

    /** A port range names no port that is certain; then readers must be told where to ask. */
    private static String proxy(RuntimeContext context) {
        if (!(context instanceof StreamingRuntimeContext streaming)) {
            return "";
        }
        TaskManagerRuntimeInfo taskManager = streaming.getTaskManagerRuntimeInfo();
        String port = taskManager.getConfiguration().get(QueryableStateOptions.PROXY_PORT_RANGE);
        boolean enabled =
                taskManager
                        .getConfiguration()
                        .get(QueryableStateOptions.ENABLE_QUERYABLE_STATE_PROXY_SERVER);
        return enabled && port.matches("[1-9][0-9]*")
                ? taskManager.getTaskManagerExternalAddress() + ":" + port
                : "";
    }
}
