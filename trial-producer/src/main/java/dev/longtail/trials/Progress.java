package dev.longtail.trials;

import dev.longtail.trials.training.TrialOutcome;

/** Shows how far a worker is. Safe for use by several threads. */
interface Progress extends AutoCloseable {

    /**
     * One more is done.
     *
     * @param figures of it, for people
     * @param brief the same where there is little room
     */
    void step(String figures, String brief);

    /** One more trial is trained. */
    default void step(long number, TrialOutcome outcome) {
        step(describe(number, outcome), brief(number, outcome));
    }

    /** Ends showing. */
    @Override
    void close();

    /** A trial's figures in one line. */
    private static String describe(long number, TrialOutcome outcome) {
        return "trial %d, loss %.4f, accuracy included %.3f, held out %.3f, test %.3f"
                .formatted(
                        number,
                        outcome.loss(),
                        outcome.includedAccuracy(),
                        outcome.heldOutAccuracy(),
                        outcome.testAccuracy());
    }

    /** Loss and accuracies on included, left out and test examples; 80 columns must hold it. */
    private static String brief(long number, TrialOutcome outcome) {
        return "#%d loss %.3f in %.3f out %.3f test %.3f"
                .formatted(
                        number,
                        outcome.loss(),
                        outcome.includedAccuracy(),
                        outcome.heldOutAccuracy(),
                        outcome.testAccuracy());
    }
}
