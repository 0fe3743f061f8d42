package dev.longtail.trials;

import dev.longtail.trials.training.TrialOutcome;

/** Shows how far a worker is. Safe for use by several threads. */
interface Progress extends AutoCloseable {

    /** A trial was trained and handed to Kafka. */
    void trialDone(long number, TrialOutcome outcome);

    /** Ends showing. */
    @Override
    void close();

    /** A trial's figures in one line. */
    static String describe(long number, TrialOutcome outcome) {
        return "trial %d, loss %.4f, accuracy included %.3f, held out %.3f, test %.3f"
                .formatted(
                        number,
                        outcome.loss(),
                        outcome.includedAccuracy(),
                        outcome.heldOutAccuracy(),
                        outcome.testAccuracy());
    }
}
