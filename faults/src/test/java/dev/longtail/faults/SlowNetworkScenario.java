package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link SlowNetworkITCase} runs where the network is slow; a failure ends it with 1. */
final class SlowNetworkScenario {

    private static final Logger LOG = LoggerFactory.getLogger(SlowNetworkScenario.class);
    private static final int TRIALS_PER_SECOND = 200;

    /** Every packet waits so long, give or take, on its way. */
    static final int DELAY_MILLIS = 25;

    static final int JITTER_MILLIS = 5;

    private SlowNetworkScenario() {}

    public static void main(String[] arguments) throws Exception {
        Load load = Load.of("slow", 60_000);
        Recoveries recoveries = new Recoveries();
        try (TestedSystem system = new TestedSystem("slow-network");
                CountedJob job = new CountedJob(system, load, 3)) {
            assertSlow(system);
            // More tasks than one TaskManager has slots: counters go over the network.
            job.start(4);
            try (TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
                job.awaitTrials(1);
                job.awaitCheckpoint();
                if (!FaultLength.isShort()) {
                    recoveries.after(
                            "TaskManager killed",
                            job,
                            () -> {
                                system.flink.taskManager(1).kill();
                                system.flink.startTaskManager(1);
                            });
                    feed.awaitAll();
                }
                int trials = feed.end();
                job.assertExact(trials);
                LOG.info("{} trials; {}", trials, recoveries.longest());
            }
        }
        // Threads of clients must not keep a scenario alive that has passed.
        System.exit(0);
    }

    /** A connection takes a packet there and one back, and more where one of them is lost. */
    private static void assertSlow(TestedSystem system) throws IOException {
        long before = System.nanoTime();
        try (Socket socket = system.broker.connect()) {
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            LOG.info("a connection to the broker took {} ms", took.toMillis());
            assertThat(took).isGreaterThan(Duration.ofMillis(2L * (DELAY_MILLIS - JITTER_MILLIS)));
        }
    }
}
