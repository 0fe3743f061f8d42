package dev.longtail.faults;

import dev.longtail.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * Flink as the chart runs it: a JobManager in application mode and TaskManagers, each a process,
 * with the chart's options but for ports, paths and sizes, and for heartbeats in the short form.
 */
final class FlinkProcesses implements AutoCloseable {

    /** All of a TaskManager: the sum of its memory options below. */
    static final long TASK_MANAGER_BYTES = 1088L << 20;

    private static final int SLOTS = 3;

    /**
     * The chart's in the full length. TaskManagers miss a dead JobManager when the timeout is over,
     * not before: with the chart's, the short form would spend a minute and more on that alone.
     */
    private static final int HEARTBEAT_MILLIS = FaultLength.choose(1_000, 3_000);

    private static final int HEARTBEAT_TIMEOUT_MILLIS = FaultLength.choose(5_000, 15_000);
    private static final int TASK_MANAGER_HEAP = 384;
    static final int JOB_MANAGER_HEAP = 400;

    /** The chart's logging. */
    private static final Path CHART_LOGGING = Path.of("..", "helm", "files", "log4j2.properties");

    private final Path dir;
    private final String classPath;
    private final int restPort = FreePorts.take();
    private final Map<Integer, OsProcess> taskManagers = new TreeMap<>();
    private final Map<Integer, Integer> proxyPorts = new TreeMap<>();
    private final Map<Integer, Integer> taskManagerDebugPorts = new TreeMap<>();
    private final int jobManagerDebugPort = FreePorts.take();
    private OsProcess jobManager;

    FlinkProcesses(Path dir) {
        this.dir = dir;
        this.classPath = OsProcess.productClassPath(containerJar());
        writeConfiguration();
    }

    private static String containerJar() {
        try {
            return Path.of(
                            StandaloneApplicationClusterEntryPoint.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar of flink-container has no path", e);
        }
    }

    private void writeConfiguration() {
        int rpcPort = FreePorts.take();
        String text =
                """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                heartbeat.interval: %dms
                heartbeat.timeout: %dms
                cluster.registration.error-delay: 1s
                execution.checkpointing.num-retained: 3
                web.submit.enable: "false"
                web.cancel.enable: "false"
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: %d
                taskmanager.cpu.cores: "1.0"
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.managed.size: 192m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                queryable-state.enable: "true"
                queryable-state.server.ports: "0"
                io.tmp.dirs: %s
                state.backend.rocksdb.localdir: %s
                """
                        .formatted(
                                rpcPort,
                                restPort,
                                HEARTBEAT_MILLIS,
                                HEARTBEAT_TIMEOUT_MILLIS,
                                SLOTS,
                                dir.resolve("tmp"),
                                workingState());
        try {
            Files.createDirectories(dir.resolve("tmp"));
            Files.createDirectories(conf());
            Files.writeString(conf().resolve("config.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Flink's configuration", e);
        }
    }

    /** Where the tasks of all TaskManagers have the state that they work on. */
    Path workingState() {
        return dir.resolve("state");
    }

    private Path conf() {
        return dir.resolve("conf");
    }

    private OsProcess start(
            String log, int heap, int debugPort, String mainClass, List<String> arguments) {
        return OsProcess.start(
                dir.resolve(log + ".log"),
                classPath,
                List.of(
                        "-Xmx" + heap + "m",
                        Breakpoint.jvmOption(debugPort),
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:ErrorFile=" + dir.resolve("hs_err_%p.log"),
                        "-Dlog4j.configurationFile=" + CHART_LOGGING.toAbsolutePath().normalize()),
                mainClass,
                arguments);
    }

    /** Starts a TaskManager, or starts it again, with the same queryable-state proxy port. */
    void startTaskManager(int number) {
        int proxy = proxyPorts.computeIfAbsent(number, n -> FreePorts.take());
        int debug = taskManagerDebugPorts.computeIfAbsent(number, n -> FreePorts.take());
        taskManagers.put(
                number,
                start(
                        "taskmanager-" + number,
                        TASK_MANAGER_HEAP,
                        debug,
                        TaskManagerRunner.class.getName(),
                        List.of(
                                "--configDir",
                                conf().toString(),
                                "-Dqueryable-state.proxy.ports=" + proxy)));
    }

    OsProcess taskManager(int number) {
        return taskManagers.get(number);
    }

    /** Breakpoints at one place in all TaskManagers, in the order of their numbers. */
    List<Breakpoint> breakTaskManagers(String className, String method) {
        return taskManagerDebugPorts.values().stream()
                .map(port -> Breakpoint.set(port, className, method))
                .toList();
    }

    /** Where a debugger of the JobManager connects. */
    int jobManagerDebugPort() {
        return jobManagerDebugPort;
    }

    /** Starts a JobManager with the arguments of the job. */
    void startJobManager(List<String> jobArguments) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--configDir",
                                conf().toString(),
                                "--job-classname",
                                "dev.longtail.aggregator.application.ApplicationJob"));
        arguments.addAll(jobArguments);
        jobManager =
                start(
                        "jobmanager",
                        JOB_MANAGER_HEAP,
                        jobManagerDebugPort,
                        StandaloneApplicationClusterEntryPoint.class.getName(),
                        arguments);
    }

    OsProcess jobManager() {
        return jobManager;
    }

    /** The JobManager and all TaskManagers. */
    List<OsProcess> all() {
        List<OsProcess> all = new ArrayList<>(taskManagers.values());
        all.add(jobManager);
        return all;
    }

    URI rest() {
        return URI.create("http://127.0.0.1:" + restPort);
    }

    /** What crashed JVMs left: none is expected, ever. */
    List<Path> crashReports() throws IOException {
        try (var files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }

    @Override
    public void close() {
        if (jobManager != null) {
            jobManager.close();
        }
        taskManagers.values().forEach(OsProcess::close);
    }
}
