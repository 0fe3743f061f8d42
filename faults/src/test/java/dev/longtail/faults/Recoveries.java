package dev.longtail.faults;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long it took, from the end of each fault, until more trials were published as counted than
 * ever before. Needs trials that go on coming.
 */
final class Recoveries {

    private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);

    private final Map<String, Duration> longest = new TreeMap<>();

    /**
     * Commits a fault and waits until trials are counted again that were not before.
     *
     * @param fault what is done, up to the start of what replaces the killed process
     */
    void after(String name, CountedJob job, Runnable fault) {
        fault.run();
        Instant done = Instant.now();
        Convergence last = job.progress();
        job.awaitProgress(
                now -> now.getEmittedAt().isAfter(done) && now.getTrials() > last.getTrials());
        Duration took = Duration.between(done, Instant.now());
        LOG.info("{}: counting again after {} s", name, took.toMillis() / 1e3);
        longest.merge(name, took, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    Map<String, Duration> longest() {
        return longest;
    }
}
