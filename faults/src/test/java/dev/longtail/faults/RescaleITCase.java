package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another parallelism in the middle of the stream, up and down. */
@ExtendWith(TestedSystem.Shared.class)
class RescaleITCase {

    private static final int[] PARALLELISM = {1, 2, 3, 5, 2, 1};

    @Test
    void countersStayEqualOverStopsWithSavepointAndOtherParallelism(TestedSystem system)
            throws Exception {
        Load load = Load.of("rescale", FaultLength.choose(6_000, 60_000));
        try (CountedJob job = new CountedJob(system, load, 3);
                OsProcess generator = system.startGenerator(load, FaultLength.choose(150, 300))) {
            for (int step = 0; step < PARALLELISM.length; step++) {
                job.start(PARALLELISM[step]);
                job.awaitRunning();
                job.awaitTrials(Math.min(job.progress().getTrials() + 1, load.count()));
                if (step < PARALLELISM.length - 1) {
                    job.stop();
                }
            }
            assertThat(generator.awaitExit()).isZero();
            job.assertExact();
        }
    }
}
