package dev.longtail.trials;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Progress as a bar with trials per hour and time left. */
final class ProgressBarView implements Progress {

    private final ProgressBar bar;

    ProgressBarView(String name, long total) {
        this.bar =
                new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(total)
                        .setRenderer(new ProgressLine())
                        .setConsumer(new TerminalLine())
                        .setUpdateIntervalMillis((int) TimeUnit.SECONDS.toMillis(1))
                        .build();
    }

    @Override
    public synchronized void step(String figures, String brief) {
        bar.step();
        bar.setExtraMessage(brief);
    }

    @Override
    public void close() {
        bar.close();
    }
}
