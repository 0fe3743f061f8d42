package dev.longtail.exchange;

import dev.longtail.trials.TerminalLine;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far long work is: a bar on a terminal, a log line now and then elsewhere. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** Set by the launcher script, which can tell. */
    private static final String TERMINAL_PROPERTY = "longtail.terminal";

    private static final Duration BAR_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
    private static final int LINE_WIDTH = 100;

    private Progress() {}

    /**
     * Begins to show; close it at the end.
     *
     * @param task what is going on
     * @param unit what is counted, with a blank before it
     * @param total how much there is
     */
    static ProgressBar open(String task, String unit, long total) {
        ProgressBarBuilder bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setUnit(unit, 1)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .showSpeed();
        if (!Boolean.getBoolean(TERMINAL_PROPERTY)) {
            bar.setConsumer(new DelegatingProgressBarConsumer(LOG::info, LINE_WIDTH))
                    .setUpdateIntervalMillis((int) LINE_INTERVAL.toMillis());
        } else {
            bar.setConsumer(new TerminalLine())
                    .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis());
        }
        return bar.build();
    }
}
