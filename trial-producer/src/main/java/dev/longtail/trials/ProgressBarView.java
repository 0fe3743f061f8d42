package dev.longtail.trials;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar with trials per hour and time left. */
final class ProgressBarView implements Progress {

    private final ProgressBar bar;

    ProgressBarView(String name, long total) {
        this.bar =
                new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setSpeedUnit(java.time.temporal.ChronoUnit.HOURS)
                        .setUnit(" trials", 1)
                        .showSpeed()
                        .setUpdateIntervalMillis((int) TimeUnit.SECONDS.toMillis(1))
                        .build();
    }

    @Override
    public synchronized void step(String figures) {
        bar.step();
        bar.setExtraMessage(figures);
    }

    @Override
    public void close() {
        bar.close();
    }
}
