package dev.longtail.trials;

import dev.longtail.trials.training.TrialOutcome;

/** Shows how far a worker is. Safe for use by several threads. */
interface Progress extends AutoCloseable {

    /**
     * One more is done.
     *
     * @param figures of it, for people
     */
    void step(String figures);

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
