package dev.longtail.local.running;

import dev.longtail.local.RunningSystem;
import dev.longtail.local.Terminal;
import dev.longtail.local.WorkDirectory;
import dev.longtail.local.options.JobOptions;
import dev.longtail.local.process.JavaProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longtail up}: broker, cluster and dashboard in the background. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptions.class,
        description = {
            "Starts broker, counting and dashboard in the background, without trainers.",
            "Returns when all serve. For imports, replays and your own producers; 'longtail down' stops it."
        })
public final class UpCommand implements Callable<Integer> {

    private static final String FOREGROUND = "--foreground";

    @Mixin private SystemSettings settings;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description =
                    "Experiment to count; repeatable. Without it every experiment is counted, those that come later too.")
    private List<String> experiments = List.of();

    @Option(
            names = FOREGROUND,
            description = "Stay in the foreground until Ctrl-C, for service managers.")
    private boolean foreground;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        WorkDirectory work = settings.work().directory();
        return foreground ? runHere(work) : runInBackground(work);
    }

    private int runHere(WorkDirectory work) {
        Terminal terminal = Terminal.standard();
        LocalSystem system = LocalSystem.on(work, settings, program(), terminal::say);
        system.closeOnExit(() -> terminal.say("Stopping ..."));
        try {
            system.startBroker();
            system.startServices(settings, clusterArguments());
            terminal.say(addresses(system.addresses()));
            system.awaitFailure();
            return 0;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private int runInBackground(WorkDirectory work) {
        BackgroundStart.start(work, program(), backgroundArguments());
        RunningSystem system = RunningSystem.in(work).orElseThrow();
        Terminal.standard().say(addresses(system));
        return 0;
    }

    private List<String> backgroundArguments() {
        List<String> own = spec.root().commandLine().getParseResult().originalArgs();
        return Stream.concat(own.stream(), Stream.of(FOREGROUND)).toList();
    }

    private JavaProgram program() {
        return JavaProgram.ofThis(spec.root().userObject().getClass());
    }

    private List<String> clusterArguments() {
        List<String> arguments = new ArrayList<>(new JobOptions().arguments(spec));
        experiments.forEach(experiment -> arguments.add("--experiment=" + experiment));
        return arguments;
    }

    private static String addresses(RunningSystem system) {
        return """
               Longtail is up.
                 Dashboard  %s
                 Kafka      %s
                 Flink      %s"""
                .formatted(system.dashboardUrl(), system.bootstrapServers(), system.flinkRest());
    }
}
