package dev.longtail.local.experiments;

import dev.longtail.local.WorkDirectorySettings;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.JobDescription;
import dev.longtail.settings.KafkaSettings;
import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longtail experiments delete}: ends the jobs, deletes topics and state. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes an experiment for good: its trials, its jobs and replays, their results and state.",
            "Stop its trainers and importers first."
        })
public final class DeleteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXPERIMENT", description = "Name of the experiment.")
    private String experiment;

    @Mixin private KafkaSettings kafka;
    @Mixin private WorkDirectorySettings work;

    @Option(
            names = "--flink-rest",
            paramLabel = "URL",
            required = true,
            description = "Flink's REST interface, to end the experiment's jobs.")
    private URI flinkRest;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ExperimentTopics.requireName(experiment);
        ExperimentDeletion deletion =
                new ExperimentDeletion(kafka.clientProperties(), work.directory());
        ExperimentParts parts = deletion.parts(experiment);
        PrintWriter out = spec.commandLine().getOut();
        if (parts.topics().isEmpty()) {
            throw new IllegalStateException(
                    "no experiment '%s' at %s: see 'longtail experiments list'"
                            .formatted(experiment, kafka.bootstrapServers()));
        }
        if (!yes && !confirmed(parts)) {
            out.println("Nothing was deleted.");
            return 1;
        }
        FlinkJobs jobs = new FlinkJobs(flinkRest);
        for (JobDescription job : parts.jobs()) {
            jobs.cancel(job.getJobId());
        }
        deletion.delete(experiment);
        out.println("Deleted the experiment '%s'.".formatted(experiment));
        return 0;
    }

    private boolean confirmed(ExperimentParts parts) {
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(), "There is nobody to ask: say --yes to delete.");
        }
        console.printf("Deletes for good: %s%n", String.join(", ", parts.topics()));
        String answer = console.readLine("Type the experiment's name to go on: ");
        return experiment.equals(answer);
    }
}
