package dev.longtail.aggregator;

import dev.longtail.schemas.PackedBits;
import java.io.Serializable;

/**
 * When pending trials are counted and estimates published.
 *
 * @param blockSize B: trials per block; pending trials are counted at the latest when there are
 *     this many, at least 1
 * @param refreshMillis shortest time between two publications, milliseconds, at least 1
 */
public record Pacing(int blockSize, long refreshMillis) implements Serializable {

    /** Blocks of 4,096 trials, a publication every two seconds. */
    public static final Pacing DEFAULT = new Pacing(4096, 2000);

    private static final long PENDING_BYTES = 128L << 20;

    private static final int LARGEST_BLOCK = 65_536;

    /**
     * @throws IllegalArgumentException when one is out of its range
     */
    public Pacing {
        if (blockSize < 1 || blockSize > LARGEST_BLOCK) {
            throw new IllegalArgumentException(
                    "expected --block-size from 1 to %d, found %d"
                            .formatted(LARGEST_BLOCK, blockSize));
        }
        if (refreshMillis < 1) {
            throw new IllegalArgumentException(
                    "expected --refresh of at least 1 ms, found " + refreshMillis);
        }
    }

    /**
     * The larger a block, the fewer times all counters are read and written: 4,096 trials, but no
     * more than wait in 128 MiB.
     *
     * @param trainSize n
     * @param testSize n'
     */
    static int automaticBlockSize(int trainSize, int testSize) {
        long trialBytes =
                1 + 2L * PackedBits.byteLength(trainSize) + PackedBits.byteLength(testSize);
        long fitting = PENDING_BYTES / trialBytes;
        return (int) Math.max(1, Math.min(DEFAULT.blockSize, fitting));
    }
}
