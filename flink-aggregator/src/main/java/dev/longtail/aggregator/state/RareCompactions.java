package dev.longtail.aggregator.state;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * RocksDB compacts when three times as many files as by default have come since the last time. A
 * pass writes every counter once, so files of one pass hold nothing that a compaction could drop;
 * but it would write them all anew, and the next checkpoint would copy them again. Bloom filters
 * keep reads from looking into most of the files.
 */
public final class RareCompactions implements RocksDBOptionsFactory {

    private static final long serialVersionUID = 1L;

    private static final int COMPACT_AT = 12;

    /** As far above the first number as by default. */
    private static final int SLOW_DOWN_AT = 28;

    private static final int STOP_AT = 44;

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
        return options;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
        return options.setLevel0FileNumCompactionTrigger(COMPACT_AT)
                .setLevel0SlowdownWritesTrigger(SLOW_DOWN_AT)
                .setLevel0StopWritesTrigger(STOP_AT);
    }
}
