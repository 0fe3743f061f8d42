package dev.longtail.local;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Messages and one line of progress for a person: on a terminal the line is written over, elsewhere
 * (a file, a pipe) it is repeated every few seconds.
 */
public final class Terminal {

    /** Set by the launcher script, which can tell. */
    private static final String PROPERTY = "longtail.terminal";

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream out;
    private final boolean overwrites;
    private String line = "";
    private long lastPrinted = System.nanoTime() - QUIET_NANOS;

    /**
     * @param out where to write
     * @param overwrites whether it is a terminal
     */
    public Terminal(PrintStream out, boolean overwrites) {
        this.out = out;
        this.overwrites = overwrites;
    }

    /** This program's standard output. */
    public static Terminal standard() {
        return new Terminal(System.out, Boolean.getBoolean(PROPERTY));
    }

    /** Prints a message on lines of its own. */
    public synchronized void say(String message) {
        if (overwrites && !line.isEmpty()) {
            out.print(CLEAR_LINE);
        }
        out.println(message);
        if (overwrites) {
            out.print(line);
        }
        out.flush();
    }

    /** Shows how far it is. */
    public synchronized void progress(String text) {
        if (overwrites) {
            line = text;
            out.print(CLEAR_LINE + text);
        } else if (System.nanoTime() - lastPrinted >= QUIET_NANOS && !text.equals(line)) {
            line = text;
            lastPrinted = System.nanoTime();
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the line of progress where it is. */
    public synchronized void endProgress() {
        if (overwrites && !line.isEmpty()) {
            out.println();
        }
        line = "";
        out.flush();
    }
}
