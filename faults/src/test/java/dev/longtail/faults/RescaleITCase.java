package dev.longtail.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Another parallelism in the middle of the stream, up and down, again and again. In the short form
 * {@link ReadsITCase} goes up from a checkpoint and down from a savepoint.
 */
@EnabledIfSystemProperty(
        named = "faults.length",
        matches = "full",
        disabledReason = "ReadsITCase rescales in the short form")
@ExtendWith(TestedSystem.Shared.class)
class RescaleITCase {

    private static final int[] PARALLELISM = {1, 2, 3, 5, 2, 1};
    private static final int ROUNDS = FaultLength.rounds(1, 3);
    private static final int TRIALS = 200_000;
    private static final int TRIALS_PER_SECOND = 200;

    @Test
    void countersStayEqualOverStopsWithSavepointAndOtherParallelism(TestedSystem system)
            throws Exception {
        Load load = Load.of("rescale", TRIALS);
        try (CountedJob job = new CountedJob(system, load, 3);
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int step = 0; step < PARALLELISM.length; step++) {
                    if (round > 0 || step > 0) {
                        job.stop();
                    }
                    long before = job.progress().getTrials();
                    job.start(PARALLELISM[step]);
                    job.awaitTrials(before + 1);
                }
            }
            job.assertExact(feed.end());
        }
    }
}
