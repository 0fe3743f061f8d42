package dev.longtail.local.running;

import dev.longtail.local.Ports;
import dev.longtail.local.RunningSystem;
import dev.longtail.local.WorkDirectory;
import dev.longtail.local.WorkLock;
import dev.longtail.local.process.Child;
import dev.longtail.local.process.ChildFailedException;
import dev.longtail.local.process.ChildProgram;
import dev.longtail.local.process.ChildProgram.Readiness;
import dev.longtail.local.process.JavaProgram;
import dev.longtail.local.process.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Broker, Flink cluster, dashboard and trainers of one work directory, each a process of its own
 * and all supervised by this one.
 *
 * <p>Stopped in the opposite order of their start: trainers, dashboard, cluster (which takes a
 * savepoint of each job first), broker.
 */
public final class LocalSystem implements AutoCloseable {

    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Duration WITH_SAVEPOINTS = Duration.ofMinutes(2);

    private final WorkDirectory work;
    private final WorkLock lock;
    private final Supervisor supervisor;
    private final Addresses addresses;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    private LocalSystem(
            WorkDirectory work, WorkLock lock, Supervisor supervisor, Addresses addresses) {
        this.work = work;
        this.lock = lock;
        this.supervisor = supervisor;
        this.addresses = addresses;
    }

    /**
     * Takes hold of the work directory; starts nothing yet.
     *
     * @param settings ports and sizes
     * @param program what the processes are started from
     * @param say takes messages for people
     * @throws IllegalStateException when a system runs in the work directory already
     */
    public static LocalSystem on(
            WorkDirectory work,
            SystemSettings settings,
            JavaProgram program,
            Consumer<String> say) {
        WorkLock lock = WorkLock.on(work);
        Supervisor supervisor = new Supervisor(program, work, say);
        supervisor.awaitLeftovers();
        RunningSystem.withdraw(work);
        Addresses addresses = Addresses.choose(settings, new Ports(say));
        return new LocalSystem(work, lock, supervisor, addresses);
    }

    /** Starts the broker alone; returns when it serves. */
    public void startBroker() {
        watched(broker()).awaitReady();
    }

    /**
     * Starts cluster and dashboard; returns when both serve.
     *
     * @param settings ports and sizes
     * @param clusterArguments further arguments of the cluster process
     */
    public void startServices(SystemSettings settings, List<String> clusterArguments) {
        Child cluster = watched(cluster(settings, clusterArguments));
        Child dashboard = watched(dashboard());
        cluster.awaitReady();
        dashboard.awaitReady();
        addresses.asRunning().publish(work);
    }

    /**
     * Starts a trainer.
     *
     * @param name name of the process
     * @param arguments subcommand and flags
     */
    public Child train(String name, List<String> arguments) {
        return watched(
                new ChildProgram(
                        name,
                        List.of("-Xmx1g", "-Dlongtail.log.level=INFO"),
                        arguments,
                        Readiness.NONE,
                        true,
                        false,
                        QUICK));
    }

    /** Where the system listens. */
    public RunningSystem addresses() {
        return addresses.asRunning();
    }

    /** Completes exceptionally when a process failed for good. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    /**
     * Waits as long as all processes run or are started again.
     *
     * @throws ChildFailedException when one failed for good
     */
    public void awaitFailure() {
        try {
            failed.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChildFailedException failure ? failure : e;
        }
    }

    /** Stops everything when this process is asked to end, by Ctrl-C for example. */
    public void closeOnExit(Runnable before) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    if (!isClosing()) {
                                        before.run();
                                    }
                                    close();
                                },
                                "stop-system"));
    }

    /** Whether it stops or has stopped. */
    public boolean isClosing() {
        return closing.get();
    }

    /** Stops everything; a second call waits for the first. */
    @Override
    public synchronized void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        RunningSystem.withdraw(work);
        supervisor.close();
        lock.close();
    }

    private Child watched(ChildProgram program) {
        Child child = supervisor.start(program);
        child.ended()
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                failed.completeExceptionally(failure);
                            }
                        });
        return child;
    }

    private ChildProgram broker() {
        return new ChildProgram(
                "broker",
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-Dlongtail.log.level=INFO"),
                List.of(
                        "broker",
                        "--broker-data=" + work.brokerDirectory(),
                        "--broker-port=" + addresses.broker(),
                        "--controller-port=" + addresses.controller()),
                Probes.kafka(addresses.broker()),
                false,
                false,
                QUICK);
    }

    private ChildProgram cluster(SystemSettings settings, List<String> further) {
        List<String> arguments = new ArrayList<>();
        arguments.add("cluster");
        arguments.add("--bootstrap-servers=" + addresses.bootstrapServers());
        arguments.add("--flink-data=" + work.flinkDirectory());
        arguments.add("--flink-port=" + addresses.flink());
        arguments.add("--state-proxy-port=" + addresses.stateProxy());
        arguments.addAll(further);
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + settings.clusterHeap());
        options.add("-Dlongtail.log.level=INFO");
        options.addAll(CountingJvm.options(work.root()));
        return new ChildProgram(
                "cluster",
                options,
                arguments,
                Probes.http(addresses.flinkRest().resolve("/overview")),
                false,
                true,
                WITH_SAVEPOINTS);
    }

    private ChildProgram dashboard() {
        return new ChildProgram(
                "dashboard",
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dlongtail.log.level=INFO"),
                List.of(
                        "dashboard",
                        "--bootstrap-servers=" + addresses.bootstrapServers(),
                        "--flink-rest=" + addresses.flinkRest(),
                        "--dashboard-port=" + addresses.dashboard()),
                Probes.http(addresses.dashboardUrl()),
                false,
                false,
                QUICK);
    }
}
