package dev.longtail.local.demo;

import dev.longtail.local.Terminal;
import dev.longtail.local.demo.ResultReader.Results;
import dev.longtail.local.experiments.TopicReader;
import dev.longtail.local.process.Child;
import dev.longtail.local.running.LocalSystem;
import dev.longtail.local.status.StatusReader;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Follows a run until all trials are counted and published, then reports. To be made before the
 * first trainer starts, so that it knows what was there before.
 */
final class DemoRun implements AutoCloseable {

    private static final long LOOK_MILLIS = 500;
    private static final double NANOS = 1e9;

    private final TopicReader reader;
    private final StatusReader status;
    private final ExperimentTopics topics;
    private final long target;
    private final long begin;
    private final long before;

    /**
     * @param kafka properties of Kafka clients
     * @param experiment the experiment
     * @param target trials asked for
     * @param begin when the run began, {@code System.nanoTime()}
     */
    DemoRun(Properties kafka, String experiment, long target, long begin) {
        this.reader = new TopicReader(kafka);
        this.status = new StatusReader(reader, null, Clock.systemUTC());
        this.topics = ExperimentTopics.of(experiment);
        this.target = target;
        this.begin = begin;
        this.before = reader.size(topics.trialsTopic());
    }

    /** Shows progress until the trials are counted; returns what was found. */
    DemoReport follow(Terminal terminal, List<Child> trainers, LocalSystem system)
            throws InterruptedException {
        TrialProgress progress = new TrialProgress(target);
        while (true) {
            long published = reader.size(topics.trialsTopic());
            Optional<Convergence> newest = status.convergence(topics);
            terminal.progress(progress.line(System.nanoTime(), published, newest));
            boolean trained = trainers.stream().allMatch(trainer -> trainer.ended().isDone());
            if (trained && newest.isPresent() && isComplete(newest.get(), published)) {
                double seconds = (System.nanoTime() - begin) / NANOS;
                Optional<Results> results = new ResultReader(reader, topics).at(newest.get());
                if (results.isPresent()) {
                    terminal.endProgress();
                    return report(newest.get(), results.get(), seconds, published - before);
                }
            }
            pause(system);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Everything published has been counted, left out or refused by the job. */
    private boolean isComplete(Convergence newest, long published) {
        long seen =
                newest.getReceived()
                        + newest.getRejected()
                        + newest.getDuplicates()
                        + newest.getConflicts();
        long left = newest.getConvergedOnly() ? newest.getNotConverged() : 0;
        return newest.getReceived() >= target
                && seen >= published
                && newest.getTrials() + left >= newest.getReceived();
    }

    /** Waits for the next look; a process that failed ends the wait with its failure. */
    private static void pause(LocalSystem system) throws InterruptedException {
        try {
            system.failed().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException nothingFailed) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause().getCause());
        }
    }

    private DemoReport report(
            Convergence convergence, Results results, double seconds, long trialsOfThisRun) {
        return new DemoReport(
                topics.experiment(),
                convergence.getTrials(),
                seconds,
                trialsOfThisRun,
                convergence.getConvergedOnly() ? convergence.getNotConverged() : null,
                convergence.getMeanStandardError(),
                convergence.getIncludedAccuracy(),
                convergence.getHeldOutAccuracy(),
                convergence.getTestAccuracy(),
                convergence.getMemorized(),
                convergence.getMemorizationThreshold(),
                convergence.getInfluenceThreshold(),
                convergence.getHighInfluencePairs(),
                convergence.getExpectedFalsePairs(),
                convergence.getConfirmedPairs(),
                Optional.ofNullable(results.experiment().getGroundTruth())
                        .map(
                                truth ->
                                        PlantedTruth.compare(
                                                truth, results.memorization(), results.pairs()))
                        .orElse(null));
    }
}
