package dev.longtail.trials;

import dev.longtail.schemas.Trial;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.AbandonedException;
import dev.longtail.trials.training.ModelFactory;
import dev.longtail.trials.training.TrialTrainer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains and publishes trials on some threads, each with its own session. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final TrainSettings settings;
    private final SubsetSampler sampler;
    private final ModelFactory models;
    private final TrialSink sink;
    private final Progress progress;
    private final BooleanSupplier stop;
    private final AtomicLong trained = new AtomicLong();
    private final AtomicLong notConverged = new AtomicLong();
    private volatile boolean failed;

    /**
     * @param stop asked after every epoch whether to abandon what is under way
     */
    Worker(
            TrainSettings settings,
            SubsetSampler sampler,
            ModelFactory models,
            TrialSink sink,
            Progress progress,
            BooleanSupplier stop) {
        this.settings = settings;
        this.sampler = sampler;
        this.models = models;
        this.sink = sink;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Runs trials until all are published or the worker is asked to stop.
     *
     * @throws RuntimeException the first failure of any thread
     */
    void run(List<Long> numbers) throws InterruptedException {
        Queue<Long> queue = new ConcurrentLinkedQueue<>(numbers);
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int k = 0; k < settings.threads(); k++) {
                running.add(threads.submit(() -> runThread(queue)));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("training failed", e.getCause());
        } finally {
            threads.shutdown();
        }
        tellTheEnd(numbers.size() - trained.get());
    }

    /** Flagged trials are published like others, so that a job may count them: they are told. */
    private void tellTheEnd(long left) {
        LOG.info(
                "worker {} {}: {} trials trained, {} of them flagged as not converged, {} left",
                settings.worker(),
                stop.getAsBoolean() ? "stopped" : "done",
                trained,
                notConverged,
                left);
    }

    private void runThread(Queue<Long> queue) {
        try (TrialTrainer trainer = models.trainer(sampler, settings.optimizer())) {
            List<Long> numbers = next(queue, trainer.trialsAtOnce());
            while (!numbers.isEmpty() && !halt()) {
                runTrials(trainer, numbers);
                numbers = next(queue, trainer.trialsAtOnce());
            }
        } catch (AbandonedException e) {
            LOG.debug("trials were abandoned because the worker stops");
        } catch (RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    /** Some trials, towards the end fewer, so that all threads have some. */
    private List<Long> next(Queue<Long> queue, int most) {
        int fair = (queue.size() + settings.threads() - 1) / settings.threads();
        List<Long> numbers = new ArrayList<>();
        for (int k = 0; k < Math.max(1, Math.min(most, fair)); k++) {
            Long number = queue.poll();
            if (number != null) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private void runTrials(TrialTrainer trainer, List<Long> numbers) throws AbandonedException {
        Instant startedAt = Instant.now();
        trainer.run(
                numbers.stream().map(k -> TrialSeeds.of(settings.seed(), k)).toList(),
                this::halt,
                (seeds, outcome) -> {
                    Trial trial =
                            Descriptions.trial(
                                    settings,
                                    seeds,
                                    outcome,
                                    startedAt,
                                    settings.worker().toString());
                    sink.accept(trial, trainer);
                    trained.incrementAndGet();
                    if (!trial.getConverged()) {
                        notConverged.incrementAndGet();
                    }
                    progress.step(seeds.number(), outcome);
                });
    }

    private boolean halt() {
        return failed || stop.getAsBoolean();
    }
}
