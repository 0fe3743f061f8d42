package dev.longtail.dashboard.answers;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.util.List;

/** How fast trials arrive. */
final class Rate {

    private static final Duration WINDOW = Duration.ofMinutes(2);

    private Rate() {}

    /**
     * Trials received per hour over the last two minutes of the newest attempt, or since its
     * beginning where that is less.
     *
     * @return null where there are not two records to compare
     */
    static Double trialsPerHour(List<Convergence> records) {
        if (records.isEmpty()) {
            return null;
        }
        Convergence newest = records.get(records.size() - 1);
        Convergence oldest = newest;
        for (int k = records.size() - 2; k >= 0; k--) {
            Convergence record = records.get(k);
            if (record.getAttempt() != newest.getAttempt()) {
                break;
            }
            oldest = record;
            if (between(record, newest).compareTo(WINDOW) >= 0) {
                break;
            }
        }
        double hours = between(oldest, newest).toMillis() / 3_600_000.0;
        return hours <= 0 ? null : (newest.getReceived() - oldest.getReceived()) / hours;
    }

    private static Duration between(Convergence older, Convergence newer) {
        return Duration.between(older.getEmittedAt(), newer.getEmittedAt());
    }
}
