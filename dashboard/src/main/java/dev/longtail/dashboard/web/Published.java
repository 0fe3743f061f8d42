package dev.longtail.dashboard.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longtail.dashboard.answers.Status;
import dev.longtail.dashboard.flink.JobHealth;
import dev.longtail.dashboard.flink.JobMonitor;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExperimentCatalog;
import dev.longtail.dashboard.topics.FollowedOutput;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What all viewers see at this moment: one snapshot per output, renewed at most once per refresh
 * interval, and the answers computed from it. However many viewers ask the same question, it is
 * computed once per snapshot.
 */
final class Published {

    private static final long ANSWER_BYTES = 64L << 20;
    private static final int ENTRY_BYTES = 256;
    private static final Duration ANSWERS_LIVE = Duration.ofMinutes(10);

    /** One output with the snapshot that is shown of it. */
    record Shown(FollowedOutput output, Snapshot snapshot, long since) {

        String prefix() {
            return output.topics().output();
        }
    }

    /** What an answer was computed for. */
    record Question(String output, long version, String request) {

        /**
         * Bytes that a kept answer takes: a request can be longer than what it asks for, and anyone
         * may ask the same in a thousand ways.
         */
        int weight(byte[] answer) {
            return ENTRY_BYTES + Character.BYTES * request.length() + answer.length;
        }
    }

    private final ExperimentCatalog catalog;
    private final JobMonitor jobs;
    private final Duration refresh;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();
    private final Cache<Question, byte[]> answers =
            Caffeine.newBuilder()
                    .maximumWeight(ANSWER_BYTES)
                    .weigher(Question::weight)
                    .expireAfterAccess(ANSWERS_LIVE)
                    .build();

    Published(ExperimentCatalog catalog, JobMonitor jobs, Duration refresh) {
        this.catalog = catalog;
        this.jobs = jobs;
        this.refresh = refresh;
    }

    Collection<FollowedOutput> outputs() {
        return catalog.outputs();
    }

    /**
     * What is shown of an output.
     *
     * @throws Problem 404 where there is no such output
     */
    Shown show(String prefix) {
        FollowedOutput output =
                catalog.output(prefix)
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "no experiment or replay is called '"
                                                        + prefix
                                                        + "'"));
        return shown.compute(prefix, (p, old) -> isCurrent(old, output) ? old : renewed(output));
    }

    /** Whether an output with this prefix exists. */
    boolean exists(String prefix) {
        return catalog.output(prefix).isPresent();
    }

    /** The answer to a request, computed by the first who asks. */
    byte[] answer(Shown of, String request, Function<Shown, byte[]> computation) {
        Question question =
                new Question(of.prefix() + "#" + of.since(), of.snapshot().version(), request);
        return answers.get(question, q -> computation.apply(of));
    }

    Status status(Shown of) {
        JobHealth health =
                of.snapshot()
                        .job()
                        .map(job -> jobs.health(job.getJobId()))
                        .orElseGet(() -> jobs.health(""));
        return Status.of(
                of.snapshot(),
                of.prefix(),
                health,
                jobs.isConfigured(),
                catalog.connected(),
                of.output().trialRecords());
    }

    boolean kafkaConnected() {
        return catalog.connected();
    }

    private boolean isCurrent(Shown old, FollowedOutput output) {
        return old != null
                && old.output() == output
                && (System.nanoTime() - old.since() < refresh.toNanos()
                        || old.snapshot() == output.snapshot());
    }

    private static Shown renewed(FollowedOutput output) {
        return new Shown(output, output.snapshot(), System.nanoTime());
    }

    Optional<Shown> find(String prefix) {
        return exists(prefix) ? Optional.of(show(prefix)) : Optional.empty();
    }
}
