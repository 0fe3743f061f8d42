package dev.longtail.benchmarks.counting;

/**
 * What a counting process says about itself.
 *
 * @param seconds from submitting the job to its end, when all is published
 * @param cpuSeconds processor time of the process in that time: what does not depend on who else
 *     uses the machine
 * @param peakMemoryBytes largest resident memory of the process: heap, RocksDB and all; -1 where
 *     the system does not say
 * @param stateBytes size of the state in the last checkpoint
 * @param checkpointBytes largest amount that one checkpoint wrote
 * @param checkpointMillis longest checkpoint
 * @param checkpoints number of completed checkpoints
 * @param peakDiskBytes largest size of RocksDB's files and checkpoints together
 */
record CountingResult(
        double seconds,
        double cpuSeconds,
        long peakMemoryBytes,
        long stateBytes,
        long checkpointBytes,
        long checkpointMillis,
        int checkpoints,
        long peakDiskBytes) {}
