package dev.longtail.trials;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * Progress in one line of any width: what is done, trials per hour, time left and the newest
 * trial's figures first; the name and a bar where there is room.
 */
final class ProgressLine implements ProgressBarRenderer {

    private static final int SHORTEST_BAR = 6;
    private static final double SECONDS_PER_HOUR = 3600;

    @Override
    public String render(ProgressState progress, int maxLength) {
        String extra = progress.getExtraMessage() == null ? "" : progress.getExtraMessage();
        Duration elapsed = progress.getTotalElapsed();
        String needed =
                describe(progress.getCurrent(), progress.getMax(), elapsed)
                        + (extra.isEmpty() ? "" : ", " + extra);
        String name = progress.getTaskName() + " ";
        if (needed.length() + name.length() > maxLength) {
            return needed.substring(0, Math.min(needed.length(), Math.max(0, maxLength)));
        }
        int room = maxLength - needed.length() - name.length() - 3;
        return room < SHORTEST_BAR ? name + needed : name + bar(progress, room) + " " + needed;
    }

    /** For example {@code 1240/4000 71200/h 0:02:19 left}. */
    private static String describe(long done, long total, Duration elapsed) {
        double seconds = elapsed.toMillis() / 1e3;
        if (done == 0 || seconds <= 0) {
            return "%d/%d".formatted(done, total);
        }
        Duration left = Duration.ofSeconds(Math.round(seconds / done * (total - done)));
        return "%d/%d %d/h %s left"
                .formatted(
                        done,
                        total,
                        Math.round(done / seconds * SECONDS_PER_HOUR),
                        ProgressLog.shown(left));
    }

    private static String bar(ProgressState progress, int length) {
        long full = progress.getMax() == 0 ? 0 : length * progress.getCurrent() / progress.getMax();
        int filled = (int) Math.max(0, Math.min(length, full));
        return "[" + "=".repeat(filled) + " ".repeat(length - filled) + "]";
    }
}
