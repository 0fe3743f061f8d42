package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a counting process says about itself.
 *
 * @param firstSeconds from submitting the first job of a process just started until a reader of its
 *     topics has all estimates of all trials: classes are loaded and compiled in it
 * @param firstCpuSeconds processor time of the process in that time: what does not depend on who
 *     else uses the machine
 * @param seconds the same of a replay: a second job that counts the same trials again beside the
 *     first, as {@code longtail replay} has it where a system runs
 * @param cpuSeconds processor time of the process in it, the waiting first job's included
 * @param warmSeconds the same of a third job, alone, which hardly meets a compiler
 * @param warmCpuSeconds its processor time
 * @param peakMemoryBytes largest resident memory of the process: heap, RocksDB and all; -1 where
 *     the system does not say
 * @param checkpointing what checkpoints took, one after all is counted included
 * @param peakDiskBytes largest size of RocksDB's files and checkpoints together
 */
record CountingResult(
        double firstSeconds,
        double firstCpuSeconds,
        double seconds,
        double cpuSeconds,
        double warmSeconds,
        double warmCpuSeconds,
        long peakMemoryBytes,
        @JsonUnwrapped CheckpointFigures checkpointing,
        long peakDiskBytes) {}
