package dev.longtail.trials;

import picocli.CommandLine.Option;

/** How progress is shown. */
public final class ProgressSettings {

    /** Ways to show progress; lower case, as on the command line. */
    enum Style {
        /** A bar on a terminal, log lines elsewhere. */
        auto,
        /** A bar. */
        bar,
        /** Log lines. */
        log
    }

    private static final String TERMINAL_PROPERTY = "longtail.terminal";

    @Option(
            names = "--progress",
            paramLabel = "auto|bar|log",
            defaultValue = "auto",
            description = "Progress as a bar or as log lines; auto: a bar on a terminal.")
    private Style style;

    /**
     * Starts showing.
     *
     * @param name of what is going on
     * @param unit of what is counted, in the plural
     * @param total how many there are
     */
    Progress open(String name, String unit, long total) {
        boolean bar = style == Style.bar || style == Style.auto && isTerminal();
        return bar ? new ProgressBarView(name, total) : new ProgressLog(name, unit, total);
    }

    /** The launcher knows best; without it the JDK does, which from version 22 on must be asked. */
    private static boolean isTerminal() {
        String launcherSays = System.getProperty(TERMINAL_PROPERTY);
        if (launcherSays != null) {
            return Boolean.parseBoolean(launcherSays);
        }
        Object console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
