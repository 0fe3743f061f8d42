package dev.longtail.dashboard.model;

import java.util.function.Supplier;

/** A value computed by whoever needs it first, then shared. */
final class Lazy<T> implements Supplier<T> {

    private Supplier<T> computation;
    private T value;

    Lazy(Supplier<T> computation) {
        this.computation = computation;
    }

    @Override
    public synchronized T get() {
        if (computation != null) {
            value = computation.get();
            computation = null;
        }
        return value;
    }
}
