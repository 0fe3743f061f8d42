package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.trials.publishing.TrialPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A job to which trials come one by one, while others ask for estimates: how old are estimates, how
 * fast are answers, how much of the time is counted.
 */
final class LatencyBench {

    private static final int STOP_SECONDS = 30;

    private final Path directory;
    private final Scenario scenario;
    private final int before;
    private final long intervalMillis;
    private final long queryPauseMillis;
    private final Consumer<String> say;
    private int publications;

    /**
     * @param directory for everything it writes
     * @param scenario what is counted
     * @param before how many of its trials are counted before the measurement begins, at least 1
     * @param intervalMillis time between two of the others
     * @param queryPauseMillis time between an answer and the next question
     * @param say takes messages for people
     */
    LatencyBench(
            Path directory,
            Scenario scenario,
            int before,
            long intervalMillis,
            long queryPauseMillis,
            Consumer<String> say) {
        this.directory = directory;
        this.scenario = scenario;
        this.before = before;
        this.intervalMillis = intervalMillis;
        this.queryPauseMillis = queryPauseMillis;
        this.say = say;
    }

    /**
     * Measures.
     *
     * @param jobOptions further options of the job
     * @param heapMegabytes heap of its process, MiB
     */
    LatencyRun run(List<String> jobOptions, int heapMegabytes)
            throws IOException, InterruptedException {
        try (BenchBroker broker = BenchBroker.start(directory)) {
            GeneratedTrials trials = new GeneratedTrials(scenario, broker.client());
            trials.describe(1);
            trials.publishFirst(before);
            Path ready = directory.resolve("job.json");
            List<String> arguments = new ArrayList<>();
            arguments.add(ready.toString());
            arguments.add(directory.toString());
            arguments.add("--bootstrap-servers=" + broker.servers());
            arguments.add("--experiment=" + scenario.experiment());
            arguments.add("--pairs=" + scenario.pairs());
            arguments.add("--parallelism=" + scenario.parallelism());
            arguments.add("--checkpoint-dir=" + directory.resolve("checkpoints"));
            arguments.addAll(jobOptions);
            try (BenchProcess process =
                    BenchProcess.start(
                            JobProcess.class,
                            BenchProcess.counting(heapMegabytes, directory, List.of()),
                            arguments,
                            directory.resolve("job.log"))) {
                JobProcess.Address address = awaitReady(process, ready);
                return measure(broker, trials, process, address);
            }
        }
    }

    private static JobProcess.Address awaitReady(BenchProcess process, Path ready)
            throws IOException, InterruptedException {
        while (!Files.exists(ready)) {
            if (!process.isAlive()) {
                throw process.failure("ended instead of counting");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new ObjectMapper().readValue(ready.toFile(), JobProcess.Address.class);
    }

    private LatencyRun measure(
            BenchBroker broker,
            GeneratedTrials generated,
            BenchProcess process,
            JobProcess.Address address)
            throws IOException, InterruptedException {
        PublishedTrials trials = new PublishedTrials(before, scenario.trials() - before);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (PublicationWatch watch = new PublicationWatch(broker.client(), scenario.experiment());
                TrialPublisher publisher = generated.publisher()) {
            say.accept("  counting the first %d trials".formatted(before));
            awaitFirst(watch, process);
            say.accept(
                    "  %d trials, one every %d ms"
                            .formatted(scenario.trials() - before, intervalMillis));
            return measure(
                    broker,
                    watch,
                    process,
                    address,
                    trials,
                    threads,
                    () -> publish(generated, publisher, trials));
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private LatencyRun measure(
            BenchBroker broker,
            PublicationWatch watch,
            BenchProcess process,
            JobProcess.Address address,
            PublishedTrials trials,
            ExecutorService threads,
            Callable<Void> publishes)
            throws IOException, InterruptedException {
        try (QueryProcess queries =
                QueryProcess.start(directory, broker.servers(), scenario, queryPauseMillis)) {
            long begin = System.nanoTime();
            double cpuBefore = process.cpuSeconds();
            CountingTime countingBefore = CountingTime.of(address);
            Future<?> publishing = threads.submit(publishes);
            publications = 0;
            while (!trials.isDone()) {
                watchOnce(watch, process, publishing, trials);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            QueryProcess.Answers answers = queries.stop();
            return new LatencyRun(
                    scenario,
                    before,
                    intervalMillis,
                    seconds,
                    publications,
                    Times.ofNanos(trials.waited()),
                    answers.pairs(),
                    answers.examples(),
                    answers.unanswered(),
                    CountingTime.of(address).shareSince(countingBefore) / scenario.parallelism(),
                    (process.cpuSeconds() - cpuBefore)
                            / (seconds * Runtime.getRuntime().availableProcessors()),
                    CheckpointFigures.of(address.rest(), address.jobId()));
        }
    }

    private void awaitFirst(PublicationWatch watch, BenchProcess process) throws IOException {
        long counted = 0;
        while (counted < before) {
            for (PublicationWatch.Publication publication : watch.next()) {
                counted = publication.trials();
            }
            requireAlive(process);
        }
    }

    /** Each trial is due an interval after the one before, however long that one took. */
    private Void publish(
            GeneratedTrials generated, TrialPublisher publisher, PublishedTrials trials)
            throws InterruptedException {
        long due = System.nanoTime();
        for (int number = before; number < scenario.trials(); number++) {
            due += TimeUnit.MILLISECONDS.toNanos(intervalMillis);
            var trial = generated.trial(number);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            trials.publish(System.nanoTime());
            publisher.publish(trial);
            publisher.flush();
        }
        return null;
    }

    private void watchOnce(
            PublicationWatch watch,
            BenchProcess process,
            Future<?> publishing,
            PublishedTrials trials)
            throws IOException, InterruptedException {
        for (PublicationWatch.Publication publication : watch.next()) {
            trials.include(publication.trials(), publication.nanoTime());
            publications++;
        }
        requireAlive(process);
        if (publishing.isDone()) {
            await(publishing);
        }
    }

    private static void await(Future<?> done) throws IOException, InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IOException("a part of the measurement failed", e.getCause());
        }
    }

    private static void requireAlive(BenchProcess process) throws IOException {
        if (!process.isAlive()) {
            throw process.failure("ended while it was measured");
        }
    }
}
