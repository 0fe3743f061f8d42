package dev.longtail.aggregator;

import dev.longtail.aggregator.cluster.RestorePoints;
import dev.longtail.aggregator.state.LeasedRocksDb;
import dev.longtail.aggregator.state.RareCompactions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.sstmerge.RocksDBManualCompactionOptions;
import org.rocksdb.CompressionType;

/** Flink's configuration of a job: state backend, checkpoints, restarts, restore. */
final class JobConfiguration {

    /** So many checkpoints may leave a small file each before these are made one. */
    private static final int CHECKPOINTS_PER_COMPACTION = 10;

    /** Of the state, until counters are widened. */
    private static final long BYTES_PER_PAIR = 2;

    private JobConfiguration() {}

    static Configuration of(JobSettings settings, JobPlan plan, ReplayRange range) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
        configuration.set(PipelineOptions.MAX_PARALLELISM, AggregatorJob.MAX_PARALLELISM);
        // Messages are immutable and have types of their own.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        setState(configuration, settings, plan);
        setCheckpoints(configuration, settings);
        // A replay that has ended is done: it need not wait for the next checkpoint, of no use
        // then.
        configuration.set(
                CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, !range.bounded());
        setRestarts(configuration);
        setRestore(configuration, settings);
        return configuration;
    }

    /** What made folding cheap when it was measured; compression of counters costs most. */
    private static void setState(Configuration configuration, JobSettings settings, JobPlan plan) {
        configuration.set(StateBackendOptions.STATE_BACKEND, LeasedRocksDb.Factory.class.getName());
        configuration.set(
                RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
                List.of(CompressionType.NO_COMPRESSION));
        configuration.set(RocksDBConfigurableOptions.BLOCK_SIZE, MemorySize.parse("32kb"));
        configuration.set(RocksDBConfigurableOptions.MAX_SIZE_LEVEL_BASE, MemorySize.parse("1gb"));
        configuration.set(
                RocksDBConfigurableOptions.TARGET_FILE_SIZE_BASE, MemorySize.parse("128mb"));
        // A tile that is not in a file is not looked for there: without filters every file of the
        // top level whose range of keys fits costs a read of a whole value.
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        RareCompactions.configure(
                configuration,
                BYTES_PER_PAIR * plan.tiling().pairsInScope() / settings.parallelism());
        // Every checkpoint writes what is new to a file. Ids of trials come in order, so RocksDB
        // moves such files to the next level as they are, where a kilobyte stays a file for ever:
        // thousands in an hour, all of them open and part of every checkpoint.
        configuration.set(
                RocksDBManualCompactionOptions.MIN_INTERVAL,
                Duration.ofMillis(settings.checkpointIntervalMillis())
                        .multipliedBy(CHECKPOINTS_PER_COMPACTION));
        if (settings.stateMemory() != null) {
            configuration.set(
                    RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE,
                    MemorySize.ofMebiBytes(settings.stateMemory()));
        }
    }

    private static void setCheckpoints(Configuration configuration, JobSettings settings) {
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(settings.checkpointIntervalMillis()));
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        // A barrier may have many tiles and reports before it, each of which takes
        // milliseconds to count or to publish.
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(
                CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT,
                Duration.ofMillis(settings.alignmentTimeoutMillis()));
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        if (settings.checkpointDir() != null) {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            setCheckpointDirectory(configuration, settings);
            configuration.set(
                    CheckpointingOptions.SAVEPOINT_DIRECTORY,
                    settings.checkpointDir() + RestorePoints.SAVEPOINTS_SUFFIX);
        }
    }

    /**
     * A directory per run, as Flink makes one of the job's id. A job that goes back counts its
     * checkpoints on from the restored one, and where its id stays, as Flink's operator wants it,
     * would find their places taken by those that it was restored without.
     */
    private static void setCheckpointDirectory(Configuration configuration, JobSettings settings) {
        String directory = settings.checkpointDir();
        boolean goesBack = restorePath(settings) != null;
        if (goesBack) {
            directory += "/" + JobID.generate();
            configuration.set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, false);
        }
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
    }

    private static void setRestarts(Configuration configuration) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofMillis(500));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(20));
    }

    private static void setRestore(Configuration configuration, JobSettings settings) {
        String path = restorePath(settings);
        if (path != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
            // Others may want to restore from a path that was named; our own newest checkpoint
            // belongs to this job from now on and is deleted with its successors.
            configuration.set(
                    StateRecoveryOptions.RESTORE_MODE,
                    settings.restore().equals("newest")
                            ? RecoveryClaimMode.CLAIM
                            : RecoveryClaimMode.NO_CLAIM);
        }
    }

    /** The checkpoint or savepoint to continue from; null where all trials are counted anew. */
    static String restorePath(JobSettings settings) {
        return switch (settings.restore()) {
            case "none", "anew", JobSettings.HIGH_AVAILABILITY -> null;
            case "newest" -> newestCheckpoint(settings.checkpointDir());
            default -> settings.restore();
        };
    }

    private static String newestCheckpoint(String checkpointDir) {
        if (checkpointDir == null || !checkpointDir.startsWith("file:")) {
            return null;
        }
        return new RestorePoints(checkpointDir)
                .newestFirst().stream().findFirst().map(RestorePoints.Point::path).orElse(null);
    }
}
