package dev.longtail.local.cluster;

import dev.longtail.aggregator.StateMismatchException;

/** State exists but was counted with other settings or of other data: nobody may continue it. */
final class RefusedStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RefusedStateException(String message) {
        super(message);
    }

    /**
     * Throws when a job's failure says that it refused its state.
     *
     * @param failure the failure with its causes, as Flink prints it
     */
    static void throwIfRefused(String experiment, String failure) {
        String name = StateMismatchException.class.getName() + ": ";
        int at = failure.indexOf(name);
        if (at >= 0) {
            String why = failure.substring(at + name.length()).lines().findFirst().orElse("");
            throw new RefusedStateException(
                    "counting of '%s' cannot go on: %s".formatted(experiment, why));
        }
    }
}
