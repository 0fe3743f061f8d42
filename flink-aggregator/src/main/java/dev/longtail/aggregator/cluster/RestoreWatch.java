package dev.longtail.aggregator.cluster;

import dev.longtail.aggregator.client.FlinkRest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private static final Pattern GETTING_STATE =
            Pattern.compile(
                    "StreamTaskStateInitializerImpl\\.streamOperatorStateContext|SequentialChannelStateReader|Unable to read channel state");

    /**
     * RocksDB's own checks, when a block of a file is read. Flink has none when it fetches the
     * file, so that damage within one comes out while the job runs, and again after each restart.
     * So do messages of another release, which a checkpoint may hold.
     */
    private static final Pattern DAMAGED =
            Pattern.compile(
                    "org\\.rocksdb\\.RocksDBException: .*(checksum mismatch|[Cc]orrupt|truncated|bad (block|magic))|IOException: expected messages of format");

    /**
     * What the machine of a task lacks when it fetches the state: an older state would be fetched
     * no better, and all of them given up one after the other.
     */
    private static final Pattern OF_THE_MACHINE =
            Pattern.compile(
                    "No space left on device|Disk quota exceeded|Too many open files|Cannot allocate memory");

    private static final String CLOSED_BY_ANOTHER = "registry is already closed";

    private final FlinkRest flink;
    private final JobID job;

    /** Watches a job of a cluster. */
    public RestoreWatch(FlinkRest flink, JobID job) {
        this.flink = flink;
        this.job = job;
    }

    /**
     * Why the job cannot be restored, when it failed {@value #FAILURES} times in a row because its
     * state is missing or damaged, and does not run or only until it reads what is damaged; empty
     * otherwise, also where a machine has no room for the state.
     *
     * @throws IOException when Flink does not answer
     */
    public Optional<String> hopeless() throws IOException {
        List<String> failures = flink.failures(job, FAILURES);
        if (failures.size() < FAILURES) {
            return Optional.empty();
        }
        List<String> newest = failures.subList(0, FAILURES);
        return areAllOfState(newest) && (isAnyOfDamage(newest) || !flink.runs(job))
                ? Optional.of(reason(newest))
                : Optional.empty();
    }

    /**
     * What made the job fail last; empty when it never did.
     *
     * @throws IOException when Flink does not answer
     */
    public Optional<String> lastFailure() throws IOException {
        List<String> failures = flink.failures(job, FAILURES);
        return failures.isEmpty() ? Optional.empty() : Optional.of(reason(failures));
    }

    static boolean areAllOfState(List<String> failures) {
        return failures.stream()
                        .allMatch(
                                failure ->
                                        GETTING_STATE.matcher(failure).find()
                                                || isOfDamage(failure))
                && failures.stream().noneMatch(failure -> OF_THE_MACHINE.matcher(failure).find())
                && failures.stream().anyMatch(RestoreWatch::tellsTheCause);
    }

    /** One that does not may come of a full disk. */
    private static boolean tellsTheCause(String failure) {
        return !rootCause(failure).contains(CLOSED_BY_ANOTHER);
    }

    static boolean isAnyOfDamage(List<String> failures) {
        return failures.stream().anyMatch(RestoreWatch::isOfDamage);
    }

    private static boolean isOfDamage(String failure) {
        return DAMAGED.matcher(failure).find();
    }

    /**
     * What keeps the state from being read: of several threads that read it the first to fail has
     * the others' files closed, and a task may report one of those.
     *
     * @param failures printed stack traces, newest first
     */
    static String reason(List<String> failures) {
        return failures.stream()
                .filter(RestoreWatch::tellsTheCause)
                .findFirst()
                .map(RestoreWatch::rootCause)
                .orElseGet(() -> rootCause(failures.get(0)));
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
