package dev.longtail.dashboard.web;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of large answers that are under way. Small ones are bounded by the number of
 * connections; large ones are whole lists as files, each of them made for one request.
 */
final class LargeAnswers {

    /** Below it an answer does not count. */
    static final long LARGE_BYTES = 4L << 20;

    private final long most;
    private final AtomicLong underWay = new AtomicLong();

    /**
     * @param most bytes; a single answer may be larger
     */
    LargeAnswers(long most) {
        this.most = most;
    }

    /** Whether an answer may be sent now; then {@link #end} must follow. */
    boolean begin(long bytes) {
        if (bytes < LARGE_BYTES) {
            return true;
        }
        long before = underWay.getAndAdd(bytes);
        if (before > 0 && before + bytes > most) {
            underWay.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** An answer was sent, or its client has gone. */
    void end(long bytes) {
        if (bytes >= LARGE_BYTES) {
            underWay.addAndGet(-bytes);
        }
    }
}
