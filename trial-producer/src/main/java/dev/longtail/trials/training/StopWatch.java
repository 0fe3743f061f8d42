package dev.longtail.trials.training;

/** Measures consecutive spans of time. */
final class StopWatch {

    private long last = System.nanoTime();

    /** Milliseconds since the last call, or since this was made. */
    double lapMillis() {
        long now = System.nanoTime();
        double lap = (now - last) / 1e6;
        last = now;
        return lap;
    }
}
