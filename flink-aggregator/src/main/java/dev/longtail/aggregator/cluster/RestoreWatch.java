package dev.longtail.aggregator.cluster;

import dev.longtail.aggregator.client.FlinkRest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/**
 * Tells when a job cannot get its state back. Flink knows one way back only, the newest checkpoint,
 * and tries it for ever: where files of it are missing or damaged, somebody must stop the job and
 * start it from an older one.
 */
public final class RestoreWatch {

    /** So many failures in a row are not an accident. */
    public static final int FAILURES = 3;

    /** Where tasks get their state; what is refused because of its meaning fails elsewhere. */
    private static final String GETTING_STATE =
            "org.apache.flink.streaming.api.operators.StreamTaskStateInitializerImpl.streamOperatorStateContext";

    private static final String CLOSED_BY_ANOTHER = "registry is already closed";

    private final FlinkRest flink;
    private final JobID job;

    /** Watches a job of a cluster. */
    public RestoreWatch(FlinkRest flink, JobID job) {
        this.flink = flink;
        this.job = job;
    }

    /**
     * Why the job cannot be restored, when that was tried {@value #FAILURES} times in a row and
     * still does not run; empty otherwise.
     *
     * @throws IOException when Flink does not answer
     */
    public Optional<String> hopeless() throws IOException {
        List<String> newest = flink.failures(job, FAILURES);
        boolean restoring =
                newest.size() >= FAILURES
                        && newest.subList(0, FAILURES).stream()
                                .allMatch(failure -> failure.contains(GETTING_STATE));
        return restoring && !flink.runs(job)
                ? Optional.of(reason(newest.subList(0, FAILURES)))
                : Optional.empty();
    }

    /**
     * What keeps the state from being read: of several threads that read it the first to fail has
     * the others' files closed, and a task may report one of those.
     *
     * @param failures printed stack traces, newest first
     */
    static String reason(List<String> failures) {
        List<String> causes = failures.stream().map(RestoreWatch::rootCause).toList();
        return causes.stream()
                .filter(cause -> !cause.contains(CLOSED_BY_ANOTHER))
                .findFirst()
                .orElse(causes.get(0));
    }

    /** The last cause in a printed stack trace: it names the file. */
    static String rootCause(String failure) {
        String cause = "Caused by: ";
        return failure.lines()
                .filter(line -> line.startsWith(cause))
                .reduce((first, second) -> second)
                .map(line -> line.substring(cause.length()))
                .orElseGet(() -> failure.lines().findFirst().orElse(""));
    }
}
