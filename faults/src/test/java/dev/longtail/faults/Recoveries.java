package dev.longtail.faults;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
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
     * Commits a fault that the job may survive and waits until trials are counted again that were
     * not before.
     *
     * @param fault what is done, up to the start of what replaces the killed process
     */
    void after(String name, CountedJob job, Runnable fault) {
        await(name, job, fault, (now, last) -> true);
    }

    /**
     * The same for a fault that ends the job's attempt at once: what that attempt still had on its
     * way to the topics does not count.
     *
     * @param fault its last act is the one that ends the attempt
     */
    void afterRestart(String name, CountedJob job, Runnable fault) {
        await(name, job, fault, (now, last) -> now.getAttempt() > last.getAttempt());
    }

    private void await(
            String name,
            CountedJob job,
            Runnable fault,
            BiPredicate<Convergence, Convergence> isRestored) {
        fault.run();
        Instant done = Instant.now();
        Convergence last = job.progress();
        job.awaitProgress(
                now ->
                        now.getEmittedAt().isAfter(done)
                                && now.getTrials() > last.getTrials()
                                && isRestored.test(now, last));
        Duration took = Duration.between(done, Instant.now());
        LOG.info("{}: counting again after {} s", name, took.toMillis() / 1e3);
        longest.merge(name, took, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    Map<String, Duration> longest() {
        return longest;
    }
}
