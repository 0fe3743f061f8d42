package dev.longtail.aggregator.state;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long threads of this process may keep a processor, by Linux' {@code sched_setattr(2)}. Safe
 * for use by several threads.
 *
 * <p>The scheduler gives all threads the same share. But of those that wait it takes the one whose
 * slice would end first, and interrupts a thread with a longer one for it. That needs Linux 6.12;
 * older kernels take the call and change nothing. A thread gives its slice to those it starts.
 */
final class TimeSlices {

    private static final Logger LOG = LoggerFactory.getLogger(TimeSlices.class);

    /** The shortest that Linux takes, nanoseconds. */
    static final long SHORTEST_NANOS = 100_000;

    /** Of {@code struct sched_attr} in its first version, bytes. */
    private static final int ATTRIBUTES_BYTES = 48;

    private static final int POLICY_AT = 4;
    private static final int RUNTIME_AT = 24;

    /** The usual policy; others are somebody's decision. */
    private static final int SCHED_OTHER = 0;

    private final Scheduler scheduler;

    /** Two calls of the kernel, for which older C libraries have no functions. */
    private record Scheduler(LibC libc, long setNumber, long getNumber) {

        boolean set(int thread, Memory attributes) {
            return libc.syscall(new NativeLong(setNumber), thread, attributes, 0) == 0;
        }

        boolean get(int thread, Memory attributes) {
            return libc.syscall(new NativeLong(getNumber), thread, attributes, ATTRIBUTES_BYTES, 0)
                    == 0;
        }
    }

    /** Of the C library, the function that takes any call of the kernel. */
    private interface LibC extends Library {
        int syscall(NativeLong number, Object... arguments);
    }

    private TimeSlices(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Those of this system; where it has none, nothing can be changed. */
    static TimeSlices ofThisSystem() {
        try {
            return new TimeSlices(scheduler());
        } catch (RuntimeException | Error e) {
            // Without the native library, or with another one than JNA expects, which is a plain
            // Error: answers may be slower, but there are some.
            LOG.debug("The system's calls cannot be made", e);
            return new TimeSlices(null);
        }
    }

    private static Scheduler scheduler() {
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            return null;
        }
        // The numbers of the calls are each architecture's own.
        if (Platform.isIntel()) {
            return new Scheduler(Native.load("c", LibC.class), 314, 315);
        }
        return Platform.isARM() ? new Scheduler(Native.load("c", LibC.class), 274, 275) : null;
    }

    /**
     * Gives a thread the shortest slice. Its share and its policy stay as they are.
     *
     * @param thread the kernel's number of it
     * @return whether it has that slice now
     */
    boolean shorten(int thread) {
        if (scheduler == null) {
            return false;
        }
        try (Memory attributes = new Memory(ATTRIBUTES_BYTES)) {
            attributes.clear();
            if (!scheduler.get(thread, attributes) || attributes.getInt(POLICY_AT) != SCHED_OTHER) {
                return false;
            }
            attributes.setLong(RUNTIME_AT, SHORTEST_NANOS);
            return scheduler.set(thread, attributes)
                    && nanos(thread).equals(OptionalLong.of(SHORTEST_NANOS));
        }
    }

    /**
     * A thread's slice.
     *
     * @param thread the kernel's number of it
     * @return nanoseconds; empty where the kernel does not say
     */
    OptionalLong nanos(int thread) {
        if (scheduler == null) {
            return OptionalLong.empty();
        }
        try (Memory attributes = new Memory(ATTRIBUTES_BYTES)) {
            attributes.clear();
            return scheduler.get(thread, attributes) && attributes.getLong(RUNTIME_AT) > 0
                    ? OptionalLong.of(attributes.getLong(RUNTIME_AT))
                    : OptionalLong.empty();
        }
    }
}
