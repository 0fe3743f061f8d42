/**
 * The fold kernels against the same loop in C. Start reading at {@link
 * dev.longtail.benchmarks.kernel.KernelBenchCommand}.
 */
package dev.longtail.benchmarks.kernel;
