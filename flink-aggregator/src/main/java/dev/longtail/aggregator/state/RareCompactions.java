package dev.longtail.aggregator.state;

import java.util.Collection;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.ConfigurableRocksDBOptionsFactory;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * RocksDB writes its memory out in small steps and compacts when more than a pass has come since
 * the last time.
 *
 * <p>A checkpoint's barrier waits until what is in memory is in a file, and until those are that
 * were begun before: so one of them is small, and counting need not wait for them. A pass writes
 * every counter once, so files of one pass hold nothing that a compaction could drop; but it would
 * write them all anew, and the next checkpoint would copy them again. Bloom filters keep reads from
 * looking into most of the files.
 */
public final class RareCompactions implements ConfigurableRocksDBOptionsFactory {

    private static final long serialVersionUID = 2L;

    private static final MemorySize MEMORY_TABLE = MemorySize.ofMebiBytes(16);
    private static final int MEMORY_TABLES = 6;
    private static final ConfigOption<MemorySize> PASS =
            ConfigOptions.key("longtail.state.pass-size")
                    .memoryType()
                    .defaultValue(MemorySize.ZERO)
                    .withDescription("What a pass over all counters writes per task.");

    private static final int LEAST_FILES = 24;
    private static final int MOST_FILES = 48;

    /** Files more than those of a compaction until writes are slowed down, and until they stop. */
    private static final int BEFORE_SLOWING_DOWN = 64;

    private static final int BEFORE_STOPPING = 128;

    private int files = LEAST_FILES;

    /**
     * Makes it part of a job's configuration.
     *
     * @param passBytes what a pass over all counters writes per task
     */
    public static void configure(Configuration configuration, long passBytes) {
        configuration.set(RocksDBOptions.OPTIONS_FACTORY, RareCompactions.class.getName());
        configuration.set(PASS, new MemorySize(passBytes));
        configuration.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, MEMORY_TABLE);
        configuration.set(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, MEMORY_TABLES);
    }

    @Override
    public RocksDBOptionsFactory configure(ReadableConfig configuration) {
        long ofPass = configuration.get(PASS).getBytes() / MEMORY_TABLE.getBytes();
        files = (int) Math.max(LEAST_FILES, Math.min(MOST_FILES, ofPass + ofPass / 4));
        return this;
    }

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
        return options;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
        return options.setLevel0FileNumCompactionTrigger(files)
                .setLevel0SlowdownWritesTrigger(files + BEFORE_SLOWING_DOWN)
                .setLevel0StopWritesTrigger(files + BEFORE_STOPPING);
    }
}
