package dev.longtail.benchmarks.training;

import dev.longtail.benchmarks.counting.ProcessUsage;
import dev.longtail.schemas.Trial;
import dev.longtail.trials.Descriptions;
import dev.longtail.trials.TrainSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.AbandonedException;
import dev.longtail.trials.training.ModelFactory;
import dev.longtail.trials.training.TrialOutcome;
import dev.longtail.trials.training.TrialTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Trials that are trained and published, and where their time goes. */
final class MeasuredTrials {

    /** Memory is looked at after so many trials first, when everything has been used once. */
    private static final int EARLY = 100;

    private static final long TELL_NANOS = 1_000_000_000;

    private final TrainSettings settings;
    private final SubsetSampler sampler;
    private final ModelFactory models;
    private final TrialPublisher publisher;
    private final int trialsAtOnce;
    private long next;
    private long end;
    private int done;
    private int early;
    private long earlyBytes;
    private long middleBytes;
    private double data;
    private double training;
    private double evaluation;
    private double publishing;
    private double accuracy;
    private Path progress;
    private int total;
    private long begin;
    private long told;

    MeasuredTrials(
            TrainSettings settings,
            SubsetSampler sampler,
            ModelFactory models,
            TrialPublisher publisher) {
        this.settings = settings;
        this.sampler = sampler;
        this.models = models;
        this.publisher = publisher;
        try (TrialTrainer trainer = models.trainer(sampler, settings.optimizer())) {
            this.trialsAtOnce = trainer.trialsAtOnce();
        }
    }

    int trialsAtOnce() {
        return trialsAtOnce;
    }

    /** Trains and publishes the next trials. */
    void run(int trials) throws InterruptedException {
        end = next + trials;
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int k = 0; k < settings.threads(); k++) {
                running.add(threads.submit(this::runThread));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("training failed", e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private Void runThread() throws AbandonedException {
        try (TrialTrainer trainer = models.trainer(sampler, settings.optimizer())) {
            List<TrialSeeds> trials = take();
            while (!trials.isEmpty()) {
                Instant startedAt = Instant.now();
                trainer.run(
                        trials, () -> false, (seeds, outcome) -> done(seeds, outcome, startedAt));
                trials = take();
            }
        }
        return null;
    }

    private synchronized List<TrialSeeds> take() {
        long to = Math.min(end, next + trialsAtOnce);
        List<TrialSeeds> trials =
                LongStream.range(next, to)
                        .mapToObj(k -> TrialSeeds.of(settings.seed(), k))
                        .toList();
        next = to;
        return trials;
    }

    private void done(TrialSeeds seeds, TrialOutcome outcome, Instant startedAt) {
        long begin = System.nanoTime();
        Trial trial = Descriptions.trial(settings, seeds, outcome, startedAt, "bench");
        publisher.publish(trial);
        count(outcome, (System.nanoTime() - begin) / 1e6);
    }

    private synchronized void count(TrialOutcome outcome, double publishMillis) {
        data += outcome.timings().data();
        training += outcome.timings().training();
        evaluation += outcome.timings().evaluation();
        publishing += publishMillis;
        accuracy += outcome.includedAccuracy();
        done++;
        if (done <= EARLY) {
            early = done;
            earlyBytes = resident();
        }
        if (done == (total + 1) / 2) {
            middleBytes = resident();
        }
        tellProgress();
    }

    /** Waits until Kafka has everything. */
    void flush() {
        long begin = System.nanoTime();
        publisher.flush();
        publishing += (System.nanoTime() - begin) / 1e6;
    }

    /** Forgets what was measured so far. */
    void reset() {
        done = 0;
        data = 0;
        training = 0;
        evaluation = 0;
        publishing = 0;
        accuracy = 0;
    }

    /**
     * From now on a file says how far it is.
     *
     * @param trials how many there will be
     */
    void tellProgressTo(Path file, int trials) {
        progress = file;
        total = trials;
        begin = System.nanoTime();
        told = begin;
    }

    /** Once a second at most: it is inside what is measured. */
    private void tellProgress() {
        long now = System.nanoTime();
        if (progress == null || now - told < TELL_NANOS) {
            return;
        }
        told = now;
        try {
            new TrialsDone(done, total, (now - begin) / 1e9).write(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TrainingResult result(String model, String optimizer, double seconds, double cpuSeconds)
            throws IOException {
        long lateBytes = resident();
        return new TrainingResult(
                model,
                optimizer,
                done,
                trialsAtOnce,
                settings.threads(),
                seconds,
                cpuSeconds,
                data / done,
                training / done,
                evaluation / done,
                publishing / done,
                accuracy / done,
                early,
                earlyBytes,
                middleBytes,
                lateBytes,
                peak(lateBytes));
    }

    /**
     * Linux takes down the peak now and then, not at every page: it may lie some pages below what
     * was resident when it was asked.
     */
    private long peak(long lateBytes) throws IOException {
        long seen = Math.max(Math.max(earlyBytes, middleBytes), lateBytes);
        return Math.max(seen, ProcessUsage.peakBytes());
    }

    private static long resident() {
        try {
            return ProcessUsage.residentBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
