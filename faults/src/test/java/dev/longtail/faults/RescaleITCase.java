package dev.longtail.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another parallelism in the middle of the stream, up and down. */
@ExtendWith(TestedSystem.Shared.class)
class RescaleITCase {

    private static final int[] PARALLELISM =
            FaultLength.isShort() ? new int[] {1, 5, 2} : new int[] {1, 2, 3, 5, 2, 1};
    private static final int TRIALS_PER_SECOND = 200;

    @Test
    void countersStayEqualOverStopsWithSavepointAndOtherParallelism(TestedSystem system)
            throws Exception {
        Load load = Load.of("rescale", FaultLength.choose(60_000, 200_000));
        try (CountedJob job = new CountedJob(system, load, 3);
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            for (int round = 0; round < FaultLength.choose(1, 3); round++) {
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
