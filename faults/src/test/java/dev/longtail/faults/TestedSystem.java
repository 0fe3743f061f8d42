package dev.longtail.faults;

import dev.longtail.aggregator.ExperimentKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker and two TaskManagers as processes, started once per process of fault tests; each test
 * starts JobManagers of its own experiment. Logs and data are kept below {@code target/faults}.
 */
final class TestedSystem implements AutoCloseable {

    static final int TASK_MANAGERS = 2;

    /** That of all commands; the launcher has its trainers say everything. */
    private static final Path TRAINER_LOGGING =
            Path.of("..", "cli", "src", "main", "resources", "log4j2.properties");

    final Path dir;
    final BrokerProcess broker;
    final FlinkProcesses flink;
    final JobRest rest;
    final ExperimentKafka kafka;

    /** Starts one in a directory of its own below {@code target/faults}. */
    TestedSystem(String name) {
        dir = emptyDirectory(name);
        broker = new BrokerProcess(dir);
        broker.start();
        kafka = new ExperimentKafka(broker.bootstrapServers());
        flink = new FlinkProcesses(dir);
        rest = new JobRest(flink.rest());
        for (int number = 1; number <= TASK_MANAGERS; number++) {
            flink.startTaskManager(number);
        }
    }

    private static Path emptyDirectory(String name) {
        Path dir = Path.of("target", "faults", name).toAbsolutePath();
        try {
            if (Files.exists(dir)) {
                try (var tree = Files.walk(dir)) {
                    for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + dir, e);
        }
    }

    /** Starts again what an earlier test left dead, and ends its JobManager if that still runs. */
    private void makeWhole() {
        if (flink.jobManager() != null) {
            flink.jobManager().close();
        }
        if (!broker.process().isAlive()) {
            broker.start();
        }
        for (int number = 1; number <= TASK_MANAGERS; number++) {
            if (!flink.taskManager(number).isAlive()) {
                flink.startTaskManager(number);
            }
        }
    }

    /** A generator of a load at a rate, in a process of its own, that says what trainers say. */
    OsProcess startGenerator(ExperimentKafka to, Load load, int trialsPerSecond) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                to.properties().getProperty("bootstrap.servers"),
                                String.valueOf(trialsPerSecond)));
        arguments.addAll(load.arguments());
        return OsProcess.start(
                dir.resolve("generator-" + load.experiment() + ".log"),
                System.getProperty("java.class.path"),
                List.of(
                        "-Xmx512m",
                        "-Dlongtail.log.level=INFO",
                        "-Dlog4j.configurationFile=" + TRAINER_LOGGING.toAbsolutePath()),
                TrialGenerator.class.getName(),
                arguments);
    }

    @Override
    public void close() {
        flink.close();
        kafka.close();
        broker.close();
    }

    /** Gives the tests of a process the one system. */
    static final class Shared implements ParameterResolver, BeforeEachCallback {

        private static TestedSystem in(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(TestedSystem.class))
                    .getOrComputeIfAbsent(
                            TestedSystem.class,
                            key -> new TestedSystem(System.getProperty("faults.system", "system")),
                            TestedSystem.class);
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            in(context).makeWhole();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestedSystem.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return in(context);
        }
    }
}
