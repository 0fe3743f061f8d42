package dev.longtail.local.experiments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.longtail.local.status.ExperimentStatus;
import dev.longtail.local.status.StatusReader;
import dev.longtail.local.status.StatusTable;
import dev.longtail.settings.KafkaSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longtail experiments list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists all experiments and their jobs, replays included.")
public final class ListCommand implements Callable<Integer> {

    @Mixin private KafkaSettings kafka;

    @Option(
            names = "--flink-rest",
            paramLabel = "URL",
            description = "Flink's REST interface; without it the jobs' states are unknown.")
    private URI flinkRest;

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (TopicReader reader = new TopicReader(kafka.clientProperties())) {
            List<ExperimentStatus> entries =
                    new StatusReader(reader, flinkRest, Clock.systemUTC()).read();
            if (json) {
                new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValue(out, entries);
                out.println();
            } else if (entries.isEmpty()) {
                out.println("No experiment yet.");
            } else {
                out.print(StatusTable.of(entries));
            }
        }
        out.flush();
        return 0;
    }
}
