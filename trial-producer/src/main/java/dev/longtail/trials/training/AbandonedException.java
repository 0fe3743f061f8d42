package dev.longtail.trials.training;

/** A trial was given up half-way, because the worker is asked to stop. */
public final class AbandonedException extends Exception {

    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("the trial was abandoned", null, false, false);
    }
}
