package dev.longtail.aggregator;

import dev.longtail.schemas.PackedBits;
import java.io.Serializable;

/**
 * When pending trials are counted and estimates published.
 *
 * @param blockSize B: trials per block; pending trials are counted at the latest when there are
 *     this many, at least 1
 * @param refreshMillis shortest time between two publications, milliseconds, at least 1
 * @param countingShare share of the time for counting and publishing when trials are slow, in (0,
 *     1]: the pause after a publication is so much longer than the publication
 */
public record Pacing(int blockSize, long refreshMillis, double countingShare)
        implements Serializable {

    /** Blocks of 4,096 trials, a publication every two seconds, a twentieth of the time. */
    public static final Pacing DEFAULT = new Pacing(4096, 2000, 0.05);

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
        if (!(countingShare > 0 && countingShare <= 1)) {
            throw new IllegalArgumentException(
                    "expected --counting-share in (0, 1], found " + countingShare);
        }
    }

    /**
     * How long to pause after a publication, milliseconds.
     *
     * @param lastMillis how long the last one took to be sent to the tiles, without rests
     */
    public long pauseMillis(long lastMillis) {
        return Math.max(refreshMillis, Math.round(lastMillis * (1 / countingShare - 1)));
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
