package dev.longtail.local.demo;

import dev.longtail.schemas.Convergence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** How far a run of trials is, as one line: counted, received, rate, error, time left. */
final class TrialProgress {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final double NANOS = 1e9;

    private final long target;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long published) {}

    /**
     * @param target trials asked for
     */
    TrialProgress(long target) {
        this.target = target;
    }

    /**
     * The line.
     *
     * @param nanos time of the look, {@code System.nanoTime()}
     * @param published trials in the topic
     * @param newest what the job says; empty before its first record
     */
    String line(long nanos, long published, Optional<Convergence> newest) {
        remember(new Sample(nanos, published));
        long counted = newest.map(Convergence::getTrials).orElse(0L);
        long received = newest.map(Convergence::getReceived).orElse(0L);
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "trials %,d / %,d counted%s, %,d received",
                        counted,
                        target,
                        newest.filter(Convergence::getConvergedOnly)
                                .map(job -> " (converged only)")
                                .orElse(""),
                        received));
        Double rate = rate();
        if (rate != null) {
            line.append(String.format(Locale.ROOT, ", %.1f per second", rate));
        }
        newest.map(Convergence::getMeanStandardError)
                .ifPresent(
                        error ->
                                line.append(
                                        String.format(
                                                Locale.ROOT,
                                                ", mean standard error of memorization %.4f",
                                                error)));
        if (rate != null && rate > 0 && published < target) {
            line.append(", about ")
                    .append(words(Math.round((target - published) / rate)))
                    .append(" left");
        }
        return line.toString();
    }

    /** A duration as a person says it. */
    static String words(long seconds) {
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 90
                ? "%d min %02d s".formatted(minutes, seconds % 60)
                : "%d h %02d min".formatted(minutes / 60, minutes % 60);
    }

    private void remember(Sample sample) {
        if (samples.size() == 1 && samples.peekFirst().published() == sample.published()) {
            // Nothing has come yet: the time of starting up is no part of the rate.
            samples.clear();
        }
        samples.addLast(sample);
        while (samples.size() > 2
                && sample.nanos() - samples.peekFirst().nanos() > WINDOW.toNanos()) {
            samples.removeFirst();
        }
    }

    /** Trials per second over the last minute; null before anything can be said. */
    private Double rate() {
        Sample first = samples.peekFirst();
        Sample last = samples.peekLast();
        if (first == null || last.published() == first.published()) {
            return null;
        }
        return (last.published() - first.published()) / ((last.nanos() - first.nanos()) / NANOS);
    }
}
