package dev.longtail.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.longtail.local.Terminal;
import dev.longtail.local.WorkDirectory;
import dev.longtail.local.experiments.ExperimentDeletion;
import dev.longtail.local.options.DemoOptions;
import dev.longtail.local.options.JobOptions;
import dev.longtail.local.options.TrainOptions;
import dev.longtail.local.process.Child;
import dev.longtail.local.process.JavaProgram;
import dev.longtail.local.running.LocalSystem;
import dev.longtail.local.running.SystemSettings;
import dev.longtail.settings.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longtail demo}: everything at once, on show. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        modelTransformer = DemoOptions.class,
        description = {
            "Trains, counts and shows everything on this machine, with one command.",
            "Starts Kafka, Flink, two trainers and the dashboard, runs until the trials are counted,",
            "says how well the planted long tail was found, and stays up for looking until Ctrl-C.",
            "A second start goes on where the first stopped."
        })
public final class DemoCommand implements Callable<Integer> {

    @Mixin private DemoSettings demo;
    @Mixin private SystemSettings settings;

    @Spec private CommandSpec spec;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws InterruptedException {
        long begin = System.nanoTime();
        String experiment = demo.experiment();
        WorkDirectory work = settings.work().directory();
        LocalSystem system = LocalSystem.on(work, settings, program(), terminal::say);
        system.closeOnExit(this::sayStopping);
        try {
            terminal.say("Starting Kafka, Flink and the dashboard in " + work.root() + " ...");
            system.startBroker();
            Properties kafka =
                    KafkaSettings.of(system.addresses().bootstrapServers()).clientProperties();
            if (demo.fresh()) {
                new ExperimentDeletion(kafka, work).delete(experiment);
            }
            try (DemoRun run = new DemoRun(kafka, experiment, demo.trials(), begin)) {
                List<Child> trainers = startTrainers(system, experiment);
                system.startServices(settings, clusterArguments(experiment));
                URI page = system.addresses().dashboardUrl().resolve("/e/" + experiment);
                terminal.say("Dashboard: " + page);
                DemoReport report = run.follow(terminal, trainers, system);
                terminal.say(System.lineSeparator() + ReportText.of(report));
                write(report);
            }
            if (!demo.exitWhenDone()) {
                terminal.say(
                        "The dashboard stays up at %s. Ctrl-C ends it; the same command goes on from here."
                                .formatted(system.addresses().dashboardUrl()));
                system.awaitFailure();
            }
            system.close();
            return 0;
        } catch (RuntimeException e) {
            if (!system.isClosing()) {
                terminal.endProgress();
            }
            system.close();
            throw e;
        }
    }

    private void sayStopping() {
        terminal.endProgress();
        terminal.say("Stopping: trainers end, the job takes a savepoint ...");
    }

    private List<Child> startTrainers(LocalSystem system, String experiment) {
        List<Child> trainers = new ArrayList<>();
        for (int worker = 0; worker < demo.workers(); worker++) {
            List<String> arguments = new ArrayList<>();
            arguments.add("train");
            arguments.add("--bootstrap-servers=" + system.addresses().bootstrapServers());
            arguments.add("--experiment=" + experiment);
            arguments.add("--trials=" + demo.trials());
            arguments.add("--worker=" + worker + "/" + demo.workers());
            arguments.addAll(new TrainOptions().arguments(spec));
            if (demo.data() != null) {
                arguments.add("--data=" + demo.data().toAbsolutePath());
            }
            trainers.add(system.train("trainer-" + worker, arguments));
        }
        return trainers;
    }

    private List<String> clusterArguments(String experiment) {
        List<String> arguments = new ArrayList<>(new JobOptions().arguments(spec));
        arguments.add("--experiment=" + experiment);
        return arguments;
    }

    private void write(DemoReport report) {
        if (demo.report() == null) {
            return;
        }
        try {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(demo.report().toFile(), report);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write --report " + demo.report(), e);
        }
    }

    private JavaProgram program() {
        return JavaProgram.ofThis(spec.root().userObject().getClass());
    }
}
