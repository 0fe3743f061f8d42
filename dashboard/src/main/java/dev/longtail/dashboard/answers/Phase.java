package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In one word, how far the figures on the page can be trusted to be the newest. */
public enum Phase {
    /** Topics are being read; figures are incomplete. */
    LOADING,
    /** Nothing has been counted yet. */
    EMPTY,
    /** The job runs and the figures are its newest. */
    LIVE,
    /** Figures are complete but may be old: the job or Kafka does not answer. */
    STALE,
    /** The job has ended; the figures are its last. */
    ENDED;

    /** The word in JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
