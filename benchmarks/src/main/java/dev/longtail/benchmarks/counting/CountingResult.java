package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a counting process says about itself.
 *
 * @param seconds from submitting the job until a reader of its topics has all estimates of all
 *     trials
 * @param cpuSeconds processor time of the process in that time: what does not depend on who else
 *     uses the machine
 * @param warmSeconds the same for a third job in the same process: without loading and compiling
 *     classes
 * @param warmCpuSeconds its processor time
 * @param peakMemoryBytes largest resident memory of the process: heap, RocksDB and all; -1 where
 *     the system does not say
 * @param checkpointing what checkpoints took, one after all is counted included
 * @param peakDiskBytes largest size of RocksDB's files and checkpoints together
 */
record CountingResult(
        double seconds,
        double cpuSeconds,
        double warmSeconds,
        double warmCpuSeconds,
        long peakMemoryBytes,
        @JsonUnwrapped CheckpointFigures checkpointing,
        long peakDiskBytes) {}
