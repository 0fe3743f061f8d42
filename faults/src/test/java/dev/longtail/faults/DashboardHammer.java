package dev.longtail.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.estimators.InOutCounts;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a dashboard for whole lists all the time, and holds every row against the counters of
 * exactly the trials that the list names: one list is of one number of trials.
 */
final class DashboardHammer implements AutoCloseable {

    /** Asked for something that is not there yet, or not at this moment; each with a reason. */
    private static final Set<Integer> REFUSALS = Set.of(404, 503);

    private final DashboardProcess dashboard;
    private final RandomTrials trials;
    private final Prefixes memorization;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong floor = new AtomicLong();
    private final AtomicLong newest = new AtomicLong();
    private final Map<Integer, AtomicLong> refusals = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Thread[] threads;
    private final Duration pause;
    private volatile boolean stopped;

    /**
     * Begins to ask.
     *
     * @param threads that ask, every second one for compressed lists
     * @param pause of each of them after each list
     */
    DashboardHammer(
            DashboardProcess dashboard,
            RandomTrials trials,
            Prefixes memorization,
            int threads,
            Duration pause) {
        this.pause = pause;
        this.dashboard = dashboard;
        this.trials = trials;
        this.memorization = memorization;
        this.threads = new Thread[threads];
        for (int number = 0; number < threads; number++) {
            ListReader reader = new ListReader(dashboard.address(list()), number % 2 == 1);
            this.threads[number] = new Thread(() -> hammer(reader), "dashboard-hammer-" + number);
            this.threads[number].start();
        }
    }

    private String list() {
        return "/api/experiments/"
                + trials.name
                + "/memorization?sort=index&descending=false&limit="
                + memorization.examples();
    }

    private void hammer(ListReader reader) {
        // Of the last list: one that is the same byte by byte need not be looked through again.
        int at = 0;
        while (!stopped) {
            long floorBefore = floor.get();
            try {
                ListReader.Answer answer = reader.ask();
                if (answer.status() == 200) {
                    at = answer.repeated() ? at : check(reader.parse(answer));
                    if (at < floorBefore) {
                        wrong.add(
                                "went back to %d trials, %d were shown and safe"
                                        .formatted(at, floorBefore));
                    }
                    answers.incrementAndGet();
                } else if (REFUSALS.contains(answer.status())
                        && answer.type().equals("application/problem+json")) {
                    refusals.computeIfAbsent(answer.status(), s -> new AtomicLong())
                            .incrementAndGet();
                } else {
                    wrong.add(answer.toString());
                }
            } catch (IOException | RuntimeException | Error e) {
                wrong.add(org.apache.flink.util.ExceptionUtils.stringifyException(e));
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** Looks through a whole list; returns of how many trials it is. */
    private int check(JsonNode page) {
        int at = page.path("trials").asInt();
        newest.accumulateAndGet(at, Math::max);
        for (JsonNode row : page.path("rows")) {
            int i = row.path("index").asInt();
            if (i >= memorization.examples()) {
                // After few trials, in place of one whose memorization is not defined yet.
                continue;
            }
            InOutCounts found =
                    new InOutCounts(
                            row.path("in").asInt(),
                            row.path("inCorrect").asInt(),
                            row.path("out").asInt(),
                            row.path("outCorrect").asInt());
            if (!found.equals(memorization.counts(i, at))) {
                wrong.add(
                        "example %d after %d trials: expected %s, found %s"
                                .formatted(i, at, memorization.counts(i, at), found));
            }
        }
        return at;
    }

    /** From now on no list may be of fewer trials: a complete checkpoint holds these. */
    void raiseFloor(long shownAndInCheckpoint) {
        floor.accumulateAndGet(shownAndInCheckpoint, Math::max);
    }

    /** The most trials that any list was of. */
    long newest() {
        return newest.get();
    }

    long answers() {
        return answers.get();
    }

    /** Refusals with a reason, by status. */
    Map<Integer, AtomicLong> refusals() {
        return refusals;
    }

    /** Everything that must not be. */
    Queue<String> wrong() {
        return wrong;
    }

    @Override
    public void close() {
        stopped = true;
        Hammer.join(threads);
    }
}
