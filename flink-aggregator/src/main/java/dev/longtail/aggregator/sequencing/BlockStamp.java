package dev.longtail.aggregator.sequencing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * From which trials a value is, and whether it is to be shown.
 *
 * @param attempt grows with every restore of the job
 * @param block number of the last block counted
 * @param trials trials counted up to and including it
 * @param publish whether estimates are to be published from this block
 * @param history whether they are also to be kept as a point of the history
 */
public record BlockStamp(long attempt, long block, long trials, boolean publish, boolean history)
        implements Comparable<BlockStamp> {

    /** Whether both are of the same publication. */
    public boolean isSame(BlockStamp other) {
        return compareTo(other) == 0;
    }

    /** Older before newer: by attempt, then by block. */
    @Override
    public int compareTo(BlockStamp other) {
        int byAttempt = Long.compare(attempt, other.attempt);
        return byAttempt != 0 ? byAttempt : Long.compare(block, other.block);
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(attempt);
        out.writeLong(block);
        out.writeLong(trials);
        out.writeBoolean(publish);
        out.writeBoolean(history);
    }

    /** Reads what {@link #write} wrote. */
    public static BlockStamp read(DataInput in) throws IOException {
        return new BlockStamp(
                in.readLong(), in.readLong(), in.readLong(), in.readBoolean(), in.readBoolean());
    }
}
