/**
 * Generated trials through a real Kafka into the job, against the published formula in NumPy. Start
 * reading at {@link dev.longtail.benchmarks.counting.CountingBench}.
 */
package dev.longtail.benchmarks.counting;
