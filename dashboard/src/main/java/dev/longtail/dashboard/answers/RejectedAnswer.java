package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.schemas.RejectedRecord;
import java.time.Instant;
import java.util.List;

/**
 * The latest records that were not counted, newest first.
 *
 * @param rejected how many there are in all, as of the last refresh; null before the first
 */
public record RejectedAnswer(Long rejected, List<Letter> latest) {

    /**
     * One record.
     *
     * @param reason as a word
     * @param message what was expected and found
     */
    public record Letter(
            String reason,
            String message,
            String topic,
            int partition,
            long offset,
            Instant at,
            int valueSize) {

        static Letter of(RejectedRecord record) {
            return new Letter(
                    record.getReason().name(),
                    record.getMessage(),
                    record.getTopic(),
                    record.getPartition(),
                    record.getOffset(),
                    record.getTimestamp(),
                    record.getValueSize());
        }
    }

    /** The latest dead letters. */
    public static RejectedAnswer of(Snapshot snapshot) {
        return new RejectedAnswer(
                snapshot.latest().map(c -> c.getRejected()).orElse(null),
                snapshot.rejected().stream().map(Letter::of).toList());
    }
}
