/**
 * RocksDB as the job's state, safe to be read from outside while a task ends, a part of a tile at a
 * time: {@link dev.longtail.aggregator.state.LeasedRocksDb}.
 */
package dev.longtail.aggregator.state;
