package dev.longtail.exchange.replaying;

/**
 * What was found in the trials topic.
 *
 * @param counted distinct valid trials that are counted
 * @param duplicates repeats of a trial with the same vectors
 * @param conflicts repeats of an id with other vectors; the first was counted
 * @param rejected records that are no trials of the experiment
 * @param notConverged trials left out because they did not converge
 */
public record ReplayTally(
        long counted, long duplicates, long conflicts, long rejected, long notConverged) {

    /** One line for people. */
    public String summary() {
        return "%,d trials counted; %,d duplicates, %,d conflicting repeats, %,d rejected records, %,d not converged left out"
                .formatted(counted, duplicates, conflicts, rejected, notConverged);
    }
}
