package dev.longtail.faults;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A trainer without training, as a program: publishes what is not published yet with the trainers'
 * own publisher, in the order of the trials' numbers, at a rate. Ends when all are published or its
 * standard input is closed.
 */
final class TrialGenerator {

    private static volatile boolean endAsked;

    private TrialGenerator() {}

    /** Arguments: broker, trials per second, and those of {@link Load}. */
    public static void main(String[] arguments) {
        RandomTrials trials = Load.of(arguments, 2).trials();
        long nanosPerTrial = TimeUnit.SECONDS.toNanos(1) / Long.parseLong(arguments[1]);
        Thread listener = new Thread(TrialGenerator::awaitEndOfInput, "end-of-input");
        listener.setDaemon(true);
        listener.start();
        try (TrialPublisher publisher =
                new TrialPublisher(
                        KafkaSettings.of(arguments[0]).clientProperties(),
                        ExperimentTopics.of(trials.name),
                        trials.trainSize,
                        trials.testSize)) {
            Set<String> published = publisher.publishedIds();
            long next = System.nanoTime();
            for (int k = 0; k < trials.trials() && !endAsked; k++) {
                if (!published.contains(String.valueOf(k))) {
                    for (next += nanosPerTrial; System.nanoTime() < next; ) {
                        LockSupport.parkNanos(next - System.nanoTime());
                    }
                    publisher.publish(trials.trial(k));
                }
            }
        }
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
            endAsked = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
