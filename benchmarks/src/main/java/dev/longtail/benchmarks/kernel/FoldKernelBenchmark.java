package dev.longtail.benchmarks.kernel;

import dev.longtail.estimators.counting.BitColumns;
import dev.longtail.estimators.counting.FoldKernel;
import dev.longtail.estimators.counting.PairCounters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time of folding one block of random trials into a tile's pair counters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldKernelBenchmark {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** {@code plain}, {@code carry-save}, {@code four-russians} or {@code vector}. */
    @Param({"plain", "carry-save", "four-russians", "vector"})
    public String kernel;

    /** R. */
    @Param("384")
    public int rows;

    /** C. */
    @Param("640")
    public int columns;

    /** B. */
    @Param({"1024"})
    public int trials;

    private FoldKernel fold;
    private int words;
    private int[] masks;
    private int[] planes;
    private PairCounters counters;

    /** Random words, the same as in {@code fold_kernel.c}. */
    @Setup
    public void fill() {
        System.setProperty(FoldKernel.PROPERTY, kernel);
        fold = FoldKernel.best();
        words = BitColumns.wordsPerColumn(trials);
        long[] state = {1};
        masks = random(state, rows * words);
        planes = random(state, words * columns);
        counters = new PairCounters(rows, columns);
    }

    /** One fold; the sums wrap around over time, which costs the same. */
    @Benchmark
    public PairCounters fold(ProcessorTime time) {
        fold.fold(masks, planes, words, counters);
        time.folds++;
        return counters;
    }

    /** What an iteration took of the processor: on a shared machine steadier than time itself. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class ProcessorTime {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        /** Processor time of the thread, ns. */
        public long nanos;

        /** Folds in it. */
        public long folds;

        private long start;

        /** Before an iteration. */
        @Setup(Level.Iteration)
        public void begin() {
            folds = 0;
            start = THREADS.getCurrentThreadCpuTime();
        }

        /** After an iteration. */
        @TearDown(Level.Iteration)
        public void end() {
            nanos = THREADS.getCurrentThreadCpuTime() - start;
        }
    }

    private static int[] random(long[] state, int length) {
        int[] words = new int[length];
        for (int i = 0; i < length; i++) {
            state[0] += GOLDEN_GAMMA;
            long z = state[0];
            z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            words[i] = (int) ((z ^ z >>> 31) >>> 32);
        }
        return words;
    }
}
