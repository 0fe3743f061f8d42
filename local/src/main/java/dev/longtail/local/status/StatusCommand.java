package dev.longtail.local.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.longtail.local.RunningSystem;
import dev.longtail.local.WorkDirectory;
import dev.longtail.local.WorkDirectorySettings;
import dev.longtail.local.experiments.TopicReader;
import dev.longtail.settings.KafkaSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longtail status}: what runs on this machine and how far it is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the system of this machine: per experiment trials, pairs, checkpoint, state.",
            "Exit code 0 when a system runs, 1 when none does."
        })
public final class StatusCommand implements Callable<Integer> {

    @Mixin private WorkDirectorySettings work;

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        WorkDirectory directory = work.directory();
        Optional<RunningSystem> system = RunningSystem.in(directory);
        SystemStatus status =
                system.isPresent() ? read(directory, system.get()) : nothingRuns(directory);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(status) : text(status));
        out.flush();
        return status.running() ? 0 : 1;
    }

    private static SystemStatus read(WorkDirectory directory, RunningSystem system)
            throws InterruptedException {
        KafkaSettings kafka = KafkaSettings.of(system.bootstrapServers());
        try (TopicReader reader = new TopicReader(kafka.clientProperties())) {
            return new SystemStatus(
                    true,
                    directory.root().toString(),
                    system.bootstrapServers(),
                    system.flinkRest().toString(),
                    system.dashboardUrl().toString(),
                    new StatusReader(reader, system.flinkRest(), Clock.systemUTC()).read());
        }
    }

    private static SystemStatus nothingRuns(WorkDirectory directory) {
        return new SystemStatus(false, directory.root().toString(), null, null, null, List.of());
    }

    private static String json(SystemStatus status) throws JsonProcessingException {
        return new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(status)
                + System.lineSeparator();
    }

    private static String text(SystemStatus status) {
        if (!status.running()) {
            return "No system runs in %s. Start one with 'longtail up' or 'longtail demo'.%n"
                    .formatted(status.workDir());
        }
        return """
               Running in   %s
               Dashboard    %s
               Kafka        %s
               Flink        %s

               %s"""
                .formatted(
                        status.workDir(),
                        status.dashboardUrl(),
                        status.bootstrapServers(),
                        status.flinkRest(),
                        status.experiments().isEmpty()
                                ? "No experiment yet.\n"
                                : StatusTable.of(status.experiments()));
    }
}
