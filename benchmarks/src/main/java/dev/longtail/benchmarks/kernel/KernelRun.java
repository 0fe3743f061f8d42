package dev.longtail.benchmarks.kernel;

import java.util.Collection;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One fresh process of {@link FoldKernelBenchmark}. */
final class KernelRun {

    private static final int WARMUPS = 4;
    private static final int ITERATIONS = 5;

    private KernelRun() {}

    /** Nanoseconds of processor time per fold, one per iteration after the warm-up. */
    static double[] nanosPerFold(JavaHome home, String kernel, int rows, int columns, int trials)
            throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include(FoldKernelBenchmark.class.getName())
                        .jvm(home.java())
                        .jvmArgs("--add-modules=jdk.incubator.vector", "-Xmx512m")
                        .param("kernel", kernel)
                        .param("rows", String.valueOf(rows))
                        .param("columns", String.valueOf(columns))
                        .param("trials", String.valueOf(trials))
                        .forks(1)
                        .warmupIterations(WARMUPS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        return results.iterator().next().getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> counted(iteration, "nanos") / counted(iteration, "folds"))
                .toArray();
    }

    /** A counter of {@link FoldKernelBenchmark.ProcessorTime}. */
    private static double counted(IterationResult iteration, String counter) {
        return iteration.getSecondaryResults().get(counter).getScore();
    }
}
