package dev.longtail.faults;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.aggregator.client.Influence;
import dev.longtail.aggregator.client.Memorization;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.client.TrialPoint;
import dev.longtail.estimators.InOutCounts;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Asks the running job for memorization and influence all the time, and holds every answer against
 * the counters of exactly the trials that it names.
 */
final class Hammer implements AutoCloseable {

    /** Threads that share a reader, whose connection then carries several questions at once. */
    private static final int THREADS_OF_A_READER = 4;

    private static final int TEST = 5;

    private final TestedSystem system;
    private final RandomTrials trials;
    private final Prefixes memorization;
    private final Prefixes influence;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong floor = new AtomicLong();
    private final Map<Reason, AtomicLong> unavailable = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Thread[] threads;
    private final SharedReader[] readers;
    private final Duration pause;
    private volatile boolean stopped;

    /**
     * Begins to ask.
     *
     * @param threads that ask, each one question after the other
     * @param pause of each of them after each question
     */
    Hammer(
            TestedSystem system,
            RandomTrials trials,
            Prefixes memorization,
            int threads,
            Duration pause) {
        this.pause = pause;
        this.system = system;
        this.trials = trials;
        this.memorization = memorization;
        this.influence = Prefixes.ofInfluenceOn(trials, memorization.examples(), TEST);
        this.readers =
                Stream.generate(() -> new SharedReader(this::open))
                        .limit((threads + THREADS_OF_A_READER - 1) / THREADS_OF_A_READER)
                        .toArray(SharedReader[]::new);
        this.threads = new Thread[threads];
        for (int number = 0; number < threads; number++) {
            Random random = new Random(number);
            SharedReader reader = readers[number / THREADS_OF_A_READER];
            this.threads[number] = new Thread(() -> hammer(reader, random), "hammer-" + number);
            this.threads[number].start();
        }
    }

    /** From now on no answer may be of fewer trials: a complete checkpoint holds these. */
    void raiseFloor(long trialsInCheckpoint) {
        floor.accumulateAndGet(trialsInCheckpoint, Math::max);
    }

    private void hammer(SharedReader shared, Random random) {
        while (!stopped) {
            long floorBefore = floor.get();
            try {
                EstimateReader reader = shared.get();
                int i = random.nextInt(memorization.examples());
                if (random.nextBoolean()) {
                    Memorization answer = reader.memorization(i);
                    check(answer.from(), answer.estimate().counts(), memorization, i, floorBefore);
                } else {
                    Influence answer = reader.influence(i, TEST);
                    check(answer.from(), answer.estimate().counts(), influence, i, floorBefore);
                }
                answers.incrementAndGet();
            } catch (EstimateUnavailableException e) {
                unavailable.computeIfAbsent(e.reason(), key -> new AtomicLong()).incrementAndGet();
            } catch (RuntimeException | Error e) {
                wrong.add(org.apache.flink.util.ExceptionUtils.stringifyException(e));
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private EstimateReader open() throws EstimateUnavailableException {
        return QueryableStateEstimateReader.open(
                system.kafka.properties(),
                trials.name,
                null,
                system.flink.rest(),
                Duration.ofSeconds(5));
    }

    private void check(
            TrialPoint at, InOutCounts found, Prefixes prefixes, int i, long floorBefore) {
        InOutCounts expected = prefixes.counts(i, Math.toIntExact(at.trials()));
        if (!found.equals(expected)) {
            wrong.add("example %d at %s: expected %s, found %s".formatted(i, at, expected, found));
        }
        if (at.trials() < floorBefore) {
            wrong.add("went back to %s, a checkpoint had %d".formatted(at, floorBefore));
        }
    }

    long answers() {
        return answers.get();
    }

    /** Typed refusals by reason. */
    Map<Reason, AtomicLong> unavailable() {
        return unavailable;
    }

    /** Everything that must not be: inconsistent answers, steps back, errors without a type. */
    Queue<String> wrong() {
        return wrong;
    }

    @Override
    public void close() {
        stopped = true;
        join(threads);
        for (SharedReader reader : readers) {
            reader.close();
        }
    }

    /** Waits for the end of threads that have been told to end. */
    static void join(Thread[] threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
