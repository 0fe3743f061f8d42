package dev.longtail.trials;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress as log lines, the first, the last and one every ten seconds. */
final class ProgressLog implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final String name;
    private final String unit;
    private final long total;
    private final long start = System.nanoTime();
    private long done;
    private long lastLine;

    /**
     * @param unit of what is counted, in the plural
     */
    ProgressLog(String name, String unit, long total) {
        this.name = name;
        this.unit = unit;
        this.total = total;
    }

    @Override
    public synchronized void step(String figures, String brief) {
        done++;
        long now = System.nanoTime();
        if (done == 1 || done == total || now - lastLine >= INTERVAL_NANOS) {
            lastLine = now;
            double seconds = (now - start) / 1e9;
            Duration left = Duration.ofSeconds(Math.round(seconds / done * (total - done)));
            LOG.info(
                    "{}: {} of {} {}, {} per hour, {} left; {}",
                    name,
                    done,
                    total,
                    unit,
                    Math.round(done / seconds * 3600),
                    shown(left),
                    figures);
        }
    }

    @Override
    public void close() {
        // Lines need no end.
    }

    /** Hours, minutes and seconds. */
    static String shown(Duration left) {
        return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
