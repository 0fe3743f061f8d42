/**
 * What Longtail costs, measured: the kernel against C, the whole system against NumPy. Start
 * reading at {@link dev.longtail.benchmarks.BenchCommand}.
 */
package dev.longtail.benchmarks;
