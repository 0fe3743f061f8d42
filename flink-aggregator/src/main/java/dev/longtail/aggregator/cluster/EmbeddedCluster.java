package dev.longtail.aggregator.cluster;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobPreparation;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.QueryableStateOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster in this process: one JobManager, one TaskManager, REST interface and
 * queryable-state proxy, all on the loopback interface.
 *
 * <p>It keeps no jobs over a restart of the process: whoever starts it submits the jobs anew, each
 * from its newest {@link RestorePoints restore point}.
 */
public final class EmbeddedCluster implements AutoCloseable {

    /**
     * How old a figure may be that the REST interface tells of tasks, for those who ask twice in
     * that time; Flink's default are ten seconds. Nothing is collected while nobody asks.
     */
    public static final Duration METRICS_AGE = Duration.ofMillis(100);

    /** Below the range from which the system takes ports of outgoing connections. */
    private static final int FIRST_PORT = 12_000;

    private static final int LAST_PORT = 32_000;
    private static final int PORT_TRIES = 200;

    private static final String LOOPBACK = "127.0.0.1";
    private static final int STATE_MEGABYTES_PER_SLOT = 256;
    private static final int CLOSE_SECONDS = 60;
    private static final int CHECKPOINTS_REMEMBERED = 50;

    /**
     * A tile's record of a full block takes half a megabyte and a channel a dozen buffers: with
     * Flink's 32 KiB it held less than a record, and one busy task kept the others from getting
     * theirs.
     */
    private static final MemorySize NETWORK_BUFFER = MemorySize.parse("128kb");

    /**
     * Of a block of few trials a buffer holds dozens of records, and an aligned barrier, as of a
     * savepoint, waits until all before it are counted: Flink fills buffers with no more than is
     * counted in this time.
     */
    private static final Duration RECORDS_ON_THEIR_WAY = Duration.ofMillis(50);

    /**
     * Threads per task that copy files into a checkpoint and, at a restore, out of it; one is the
     * thread that asks. Flink's four are for a distant store that answers slowly; a directory of
     * this machine needs no more than one, and all of them would compete with those who answer
     * questions.
     */
    private static final int COPYING_THREADS = 1;

    private final MiniCluster cluster;
    private final InetSocketAddress stateProxy;

    private EmbeddedCluster(MiniCluster cluster, InetSocketAddress stateProxy) {
        this.cluster = cluster;
        this.stateProxy = stateProxy;
    }

    /**
     * Starts a cluster; back when it takes jobs.
     *
     * @throws IllegalStateException when it does not come up, for example because a port is taken
     */
    public static EmbeddedCluster start(ClusterOptions options) {
        int proxyPort = options.stateProxyPort() == 0 ? freePort() : options.stateProxyPort();
        MiniClusterConfiguration configuration =
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration(options, proxyPort))
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(options.slots())
                        .setCommonBindAddress(LOOPBACK)
                        .build();
        MiniCluster cluster = new MiniCluster(configuration);
        try {
            cluster.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the embedded Flink cluster does not start (REST port %d, state proxy port %d, directory %s): %s"
                            .formatted(
                                    options.restPort(),
                                    proxyPort,
                                    options.workDir(),
                                    e.getMessage()),
                    e);
        }
        return new EmbeddedCluster(cluster, new InetSocketAddress(LOOPBACK, proxyPort));
    }

    private static Configuration configuration(ClusterOptions options, int proxyPort) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.PORT, options.restPort());
        configuration.set(RestOptions.BIND_PORT, String.valueOf(options.restPort()));
        // The blob server listens on all interfaces unless it is told.
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS_AGE);
        configuration.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, CHECKPOINTS_REMEMBERED);
        configuration.set(CoreOptions.TMP_DIRS, options.workDir().toAbsolutePath().toString());
        configuration.set(QueryableStateOptions.ENABLE_QUERYABLE_STATE_PROXY_SERVER, true);
        configuration.set(QueryableStateOptions.PROXY_PORT_RANGE, String.valueOf(proxyPort));
        configuration.set(QueryableStateOptions.SERVER_PORT_RANGE, "0");
        // Flink takes this from the cluster alone: a job that asks for more keeps one.
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RestorePoints.KEPT);
        // A budget: only slots that run a job take of it.
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                MemorySize.ofMebiBytes((long) STATE_MEGABYTES_PER_SLOT * options.slots()));
        MemorySize network = MemorySize.ofMebiBytes(options.networkMegabytes());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, NETWORK_BUFFER);
        configuration.set(TaskManagerOptions.STARTING_MEMORY_SEGMENT_SIZE, NETWORK_BUFFER);
        configuration.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
        configuration.set(TaskManagerOptions.BUFFER_DEBLOAT_TARGET, RECORDS_ON_THEIR_WAY);
        configuration.set(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM, COPYING_THREADS);
        return configuration;
    }

    /** Where Flink's REST interface listens. */
    public URI restAddress() {
        return cluster.getRestAddress().join();
    }

    /** Where queries for state are answered. */
    public InetSocketAddress stateProxy() {
        return stateProxy;
    }

    /**
     * Submits a job.
     *
     * @throws IllegalStateException when the cluster refuses it
     */
    public JobID submit(StreamGraph graph) {
        try {
            return cluster.submitJob(graph.getJobGraph()).join().getJobID();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Flink refuses the job '" + graph.getJobName() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Waits for the experiment's description, then submits and announces its job.
     *
     * @throws InterruptedException when the wait is interrupted
     */
    public JobID launch(JobSettings settings, ReplayRange range) throws InterruptedException {
        AggregatorJob job = JobPreparation.prepare(settings, range);
        JobID id = submit(job.graph());
        JobPreparation.announce(job, id, stateProxy.getHostString() + ":" + stateProxy.getPort());
        return id;
    }

    /** The job's result, once it has ended in any way. */
    public CompletableFuture<JobResult> result(JobID job) {
        return cluster.requestJobResult(job);
    }

    /** What the job does now. */
    public JobStatus status(JobID job) {
        return cluster.getJobStatus(job).join();
    }

    /** All jobs since the start of the cluster. */
    public Collection<JobStatusMessage> jobs() {
        return cluster.listJobs().join();
    }

    /** Cancels a job; its newest checkpoint stays on disk. */
    public void cancel(JobID job) {
        cluster.cancelJob(job).join();
    }

    /** Takes a checkpoint now and returns its path. */
    public String checkpoint(JobID job) {
        return cluster.triggerCheckpoint(job).join();
    }

    /** Begins a full savepoint in a directory; its future has the path. */
    public CompletableFuture<String> savepoint(JobID job, String directory) {
        return cluster.triggerSavepoint(job, directory, false, SavepointFormatType.NATIVE);
    }

    /** The cluster itself, for tests that break it. */
    public MiniCluster miniCluster() {
        return cluster;
    }

    @Override
    public void close() {
        cluster.closeAsync().orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static int freePort() {
        for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // Somebody listens there: try another.
            }
        }
        throw new IllegalStateException(
                "no free port on the loopback interface from %d to %d in %d tries"
                        .formatted(FIRST_PORT, LAST_PORT, PORT_TRIES));
    }
}
