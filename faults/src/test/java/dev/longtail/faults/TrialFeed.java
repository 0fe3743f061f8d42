package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.schemas.Trial;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trials that go on coming until a test has done what it wants to do under load, however long that
 * takes on its machine: a generator process, which can be killed and is started anew.
 */
final class TrialFeed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TestedSystem system;
    private final ExperimentKafka kafka;
    private final Load load;
    private final int trialsPerSecond;
    private OsProcess generator;

    /**
     * Starts the first generator.
     *
     * @param load its trials; more than can be published while the test lasts
     */
    TrialFeed(TestedSystem system, Load load, int trialsPerSecond) {
        this(system, system.kafka, load, trialsPerSecond);
    }

    /** The same to another Kafka. */
    TrialFeed(TestedSystem system, ExperimentKafka kafka, Load load, int trialsPerSecond) {
        this.system = system;
        this.kafka = kafka;
        this.load = load;
        this.trialsPerSecond = trialsPerSecond;
        start();
    }

    private void start() {
        generator = system.startGenerator(kafka, load, trialsPerSecond);
    }

    /** SIGKILL in the middle of what it sends; another one takes over. */
    void killAndReplace() {
        generator.kill();
        start();
    }

    /** What the generators said so far. */
    String log() {
        return generator.log();
    }

    /** Waits until the generator has published all trials of the load. */
    void awaitAll() {
        assertThat(generator.awaitExit(PATIENCE)).as("the generator's exit code").isZero();
    }

    /**
     * Lets the generator deliver what it has begun and end; with or without repeats, what is in the
     * topic must be the first trials of the load, none missing.
     *
     * @return how many trials there are
     */
    int end() {
        generator.closeInput();
        awaitAll();
        Set<String> ids =
                kafka.all(load.experiment() + ".trials", Trial.class).stream()
                        .map(Trial::getId)
                        .collect(Collectors.toSet());
        assertThat(ids)
                .isEqualTo(
                        IntStream.range(0, ids.size())
                                .mapToObj(String::valueOf)
                                .collect(Collectors.toSet()));
        return ids.size();
    }

    @Override
    public void close() {
        generator.close();
    }
}
