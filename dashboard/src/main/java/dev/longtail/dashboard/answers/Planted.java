package dev.longtail.dashboard.answers;

import dev.longtail.schemas.GroundTruth;

/** What was planted into generated data, in a word. */
final class Planted {

    static final String FLIPPED = "flipped";
    private static final String SEEN_ONCE = "seen-once";
    private static final String TYPICAL = "typical";

    private Planted() {}

    /** What is known of a training example; null where nothing is. */
    static String of(GroundTruth truth, int train) {
        if (truth == null) {
            return null;
        }
        if (truth.getFlipped().contains(train)) {
            return FLIPPED;
        }
        if (truth.getSeenOnce().contains(train)) {
            return SEEN_ONCE;
        }
        return truth.getTypical().contains(train) ? TYPICAL : null;
    }
}
