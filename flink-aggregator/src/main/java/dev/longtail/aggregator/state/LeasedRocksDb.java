package dev.longtail.aggregator.state;

import java.io.IOException;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateBackendParametersImpl;
import org.apache.flink.runtime.state.StateBackendFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * Flink's RocksDB backend whose queryable state is read under a lease.
 *
 * <p>Flink's own reads a value in a server's thread without telling the task. When the task ends in
 * that moment it frees RocksDB's memory under the read, which ends the whole TaskManager. Here the
 * task waits for reads that are under way, and reads that come later are refused. What is stored is
 * the same.
 */
public final class LeasedRocksDb extends EmbeddedRocksDBStateBackend {

    private static final long serialVersionUID = 1;

    LeasedRocksDb() {}

    private LeasedRocksDb(LeasedRocksDb original, ReadableConfig config, ClassLoader classLoader) {
        super(original, config, classLoader);
    }

    @Override
    public LeasedRocksDb configure(ReadableConfig config, ClassLoader classLoader) {
        return new LeasedRocksDb(this, config, classLoader);
    }

    @Override
    public <K> AbstractKeyedStateBackend<K> createKeyedStateBackend(
            KeyedStateBackendParameters<K> parameters) throws IOException {
        LeasedRegistry leased =
                new LeasedRegistry(parameters.getKvStateRegistry(), AnsweringThreads.shared());
        return super.createKeyedStateBackend(
                new KeyedStateBackendParametersImpl<>(
                        parameters.getEnv(),
                        parameters.getJobID(),
                        parameters.getOperatorIdentifier(),
                        parameters.getKeySerializer(),
                        parameters.getNumberOfKeyGroups(),
                        parameters.getKeyGroupRange(),
                        leased.createTaskRegistry(
                                parameters.getJobID(), parameters.getEnv().getJobVertexId()),
                        parameters.getTtlTimeProvider(),
                        parameters.getMetricGroup(),
                        parameters.getCustomInitializationMetrics(),
                        parameters.getStateHandles(),
                        parameters.getCancelStreamRegistry(),
                        parameters.getManagedMemoryFraction()));
    }

    /**
     * Makes the backend from a configuration that names this class as its {@code state.backend}.
     */
    public static final class Factory implements StateBackendFactory<LeasedRocksDb> {

        @Override
        public LeasedRocksDb createFromConfig(ReadableConfig config, ClassLoader classLoader) {
            return new LeasedRocksDb().configure(config, classLoader);
        }
    }
}
