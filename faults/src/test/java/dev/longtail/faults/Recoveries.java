package dev.longtail.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long it took after each fault until newly counted trials were published again. */
final class Recoveries {

    private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);

    private final Map<String, Duration> longest = new TreeMap<>();

    /**
     * Commits a fault and waits until trials are counted again that were not before.
     *
     * @param fault what is done, up to the start of what replaces the killed process
     */
    void after(String name, CountedJob job, Runnable fault) {
        long before = job.progress().getTrials();
        Instant began = Instant.now();
        fault.run();
        Instant done = Instant.now();
        job.awaitProgress(
                last ->
                        last.getEmittedAt().isAfter(done)
                                && (last.getTrials() > before || before == job.size()));
        Duration took = Duration.between(began, Instant.now());
        LOG.info("{}: counting again after {} s", name, took.toMillis() / 1e3);
        longest.merge(name, took, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    Map<String, Duration> longest() {
        return longest;
    }
}
