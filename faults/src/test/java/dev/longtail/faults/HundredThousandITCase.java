package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 100,000 small trials as fast as they go, their producer killed as soon as some are counted, a
 * TaskManager half-way.
 */
@ExtendWith(TestedSystem.Shared.class)
class HundredThousandITCase {

    private static final Logger LOG = LoggerFactory.getLogger(HundredThousandITCase.class);
    private static final int TRIALS = 100_000;
    private static final int UNLIMITED = 1_000_000;

    @Test
    void noneIsMissingAndNoneDoubled(TestedSystem system) throws Exception {
        Load load = Load.of("many", TRIALS);
        try (CountedJob job = new CountedJob(system, load, 3)) {
            job.start(2, "--block-size=1024");
            job.awaitRunning();
            Instant began = Instant.now();
            try (TrialFeed feed = new TrialFeed(system, load, UNLIMITED)) {
                job.awaitTrials(1);
                feed.killAndReplace();
                job.awaitTrials(TRIALS / 2);
                system.flink.taskManager(1).kill();
                system.flink.startTaskManager(1);
                feed.awaitAll();
                Convergence end = job.assertExact(feed.end());
                assertThat(end.getTrials()).isEqualTo(TRIALS);
                LOG.info(
                        "{} trials in {} s, {} repeats",
                        TRIALS,
                        Duration.between(began, Instant.now()).toSeconds(),
                        end.getDuplicates());
            }
        }
    }
}
