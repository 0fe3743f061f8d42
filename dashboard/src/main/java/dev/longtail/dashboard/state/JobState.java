package dev.longtail.dashboard.state;

import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks the jobs' queryable state, with bounded patience and a bounded number of questions at a
 * time: viewers must not be able to keep the job from counting.
 */
public final class JobState implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int QUESTIONS_AT_A_TIME = 4;
    private static final long QUEUE_MILLIS = 2_000;
    private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(5).toNanos();

    /** A question to one job. */
    @FunctionalInterface
    public interface Question<T> {

        /**
         * @throws EstimateUnavailableException when the job has no answer
         */
        T ask(QueryableStateEstimateReader reader) throws EstimateUnavailableException;
    }

    /** No answer, and why in a sentence. */
    public static final class NoAnswerException extends Exception {

        private final boolean temporary;

        NoAnswerException(String why, boolean temporary) {
            super(why);
            this.temporary = temporary;
        }

        /** Whether the same question may have an answer later. */
        public boolean isTemporary() {
            return temporary;
        }
    }

    private record Failure(long at, String why) {}

    private final Properties kafka;
    private final Map<String, QueryableStateEstimateReader> readers = new ConcurrentHashMap<>();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Semaphore questions = new Semaphore(QUESTIONS_AT_A_TIME);

    /**
     * @param kafka properties of Kafka clients, by which jobs are found
     */
    public JobState(Properties kafka) {
        this.kafka = kafka;
    }

    /**
     * Asks the job that writes to an output.
     *
     * @throws NoAnswerException when it does not answer in time, or has no answer
     */
    public <T> T ask(String output, Question<T> question) throws NoAnswerException {
        Failure failure = failures.get(output);
        if (failure != null && System.nanoTime() - failure.at() < AFTER_FAILURE_NANOS) {
            throw new NoAnswerException(failure.why(), true);
        }
        try {
            if (!questions.tryAcquire(QUEUE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new NoAnswerException("the job's state is asked by too many viewers", true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted", true);
        }
        try {
            T answer = question.ask(reader(output));
            failures.remove(output);
            return answer;
        } catch (EstimateUnavailableException e) {
            if (isOfTheJob(e)) {
                failures.put(output, new Failure(System.nanoTime(), e.getMessage()));
            }
            throw new NoAnswerException(e.getMessage(), isTemporary(e));
        } finally {
            questions.release();
        }
    }

    /** Forgets the reader of an output that is gone. */
    public void forget(String output) {
        QueryableStateEstimateReader reader = readers.remove(output);
        if (reader != null) {
            reader.close();
        }
    }

    @Override
    public void close() {
        readers.keySet().forEach(this::forget);
    }

    private synchronized QueryableStateEstimateReader reader(String output)
            throws EstimateUnavailableException {
        QueryableStateEstimateReader known = readers.get(output);
        if (known == null) {
            known = QueryableStateEstimateReader.open(kafka, output, null, PATIENCE);
            readers.put(output, known);
        }
        return known;
    }

    private static boolean isOfTheJob(EstimateUnavailableException e) {
        return switch (e.reason()) {
            case JOB_NOT_RUNNING, STATE_NOT_READY -> true;
            default -> false;
        };
    }

    private static boolean isTemporary(EstimateUnavailableException e) {
        return switch (e.reason()) {
            case JOB_NOT_RUNNING, STATE_NOT_READY, NO_TRIALS -> true;
            case INDEX_OUT_OF_RANGE, OUT_OF_SCOPE, NOT_PUBLISHED -> false;
        };
    }
}
