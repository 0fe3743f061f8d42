package dev.longtail.trials.training;

import ai.djl.engine.Engine;

/**
 * DJL's engine, which prepares the native library: TensorFlow's classes must not be touched before.
 *
 * <p>All sessions of a process compute with one pool of threads, that of whoever came first, and
 * that is DJL's own session for tensors. By default it has a thread per core; then an operation's
 * sums are split by the number of cores and round accordingly, whatever the later sessions ask for.
 * So it gets one thread: the same bits on any number of cores.
 */
final class TensorFlowEngine {

    /** The name by which DJL knows it. */
    static final String NAME = "TensorFlow";

    /** Read by DJL when the engine is made. */
    private static final String THREADS = "ai.djl.tensorflow.num_intraop_threads";

    private TensorFlowEngine() {}

    /** Loads it where nobody has. */
    static void load() {
        System.setProperty(THREADS, "1");
        Engine.getEngine(NAME);
    }
}
