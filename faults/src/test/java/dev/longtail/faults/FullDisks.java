package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.cluster.RestoreWatch;
import dev.longtail.dashboard.flink.FlinkRest;

/**
 * The disks that nothing goes on without: where the tasks have the state that they work on, and
 * where the broker has the topics. Each is filled until its processes have failed, and must say so.
 */
final class FullDisks {

    private static final String CAUSE = "No space left on device";

    /**
     * A checkpoint and a restore; in the full length more than those after which a state that
     * cannot be read is given up.
     */
    private static final int FAILURES = FaultLength.choose(2, RestoreWatch.FAILURES + 2);

    private final TestedSystem system;
    private final CountedJob job;
    private final Recoveries recoveries = new Recoveries();

    FullDisks(TestedSystem system, CountedJob job) {
        this.system = system;
        this.job = job;
    }

    /**
     * The job fails and is tried again until there is room: its state is in the storage, and no
     * reason to go back to an older one.
     */
    void fillWorkingState(SmallDisk disk) {
        recoveries.afterRestart(
                "disk of the working state full",
                job,
                () -> {
                    await().atMost(CountedJob.PATIENCE)
                            .until(
                                    () -> {
                                        // A job that failed has deleted its files.
                                        disk.fill();
                                        return fullDisks() >= FAILURES;
                                    });
                    assertSaid();
                    disk.makeRoom();
                });
        // The log is that of all JobManagers of the tests.
        assertThat(system.flink.jobManager().log())
                .doesNotContain("'%s' CANNOT BE RESTORED".formatted(job.trials().name));
    }

    /** Failures that say it. */
    private long fullDisks() {
        return system.rest.failures().stream().filter(failure -> failure.contains(CAUSE)).count();
    }

    /** In what the dashboard and {@code longtail status} show. */
    private void assertSaid() {
        FlinkRest dashboard = new FlinkRest(system.flink.rest());
        await().atMost(CountedJob.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(dashboard.health(system.rest.job()).failure())
                                        .hasValueSatisfying(
                                                why -> assertThat(why).contains(CAUSE)));
    }

    /** The broker ends; the others wait for it and say so. */
    void fillTopics(SmallDisk disk, BrokerProcess broker, TrialFeed feed) {
        recoveries.after(
                "disk of the broker full",
                job,
                () -> {
                    disk.fill();
                    assertThat(broker.process().awaitExit()).as("the broker's exit code").isOne();
                    assertThat(broker.process().log()).contains(CAUSE);
                    await().atMost(CountedJob.PATIENCE)
                            .untilAsserted(
                                    () ->
                                            assertThat(feed.log())
                                                    .contains("could not be established"));
                    disk.makeRoom();
                    broker.start();
                });
    }
}
