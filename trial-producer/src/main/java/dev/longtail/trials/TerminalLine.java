package dev.longtail.trials;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * A progress bar in the line where the cursor stands, which it never leaves: a log line that first
 * clears this line (as the launcher has it on a terminal) stays readable, and the bar goes on below
 * it. The library's own consumer for terminals moves the cursor up to its line and so writes over
 * whatever was printed meanwhile.
 */
public final class TerminalLine implements ProgressBarConsumer {

    private static final String TO_ITS_BEGINNING = "\r";
    private static final String CLEAR_THE_REST = "\033[K";

    private final PrintStream out;
    private final int width;

    /** A line of the terminal that standard error is. */
    public TerminalLine() {
        this(System.err, new ConsoleProgressBarConsumer(System.err).getMaxRenderedLength());
    }

    /**
     * @param width of the terminal, characters
     */
    TerminalLine(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public void accept(String bar) {
        String fitting = bar.substring(0, Math.min(bar.length(), width));
        out.print(TO_ITS_BEGINNING + fitting + CLEAR_THE_REST);
        out.flush();
    }

    @Override
    public void close() {
        out.println();
    }
}
