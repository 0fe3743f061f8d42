package dev.longtail.cli;

import dev.longtail.aggregator.command.JobCommand;
import dev.longtail.aggregator.command.QueryCommand;
import dev.longtail.aggregator.command.ReplayCommand;
import dev.longtail.benchmarks.BenchCommand;
import dev.longtail.dashboard.DashboardCommand;
import dev.longtail.exchange.ExportCommand;
import dev.longtail.exchange.ImportCommand;
import dev.longtail.exchange.compare.CompareCommand;
import dev.longtail.local.broker.BrokerCommand;
import dev.longtail.local.cluster.ClusterCommand;
import dev.longtail.local.demo.DemoCommand;
import dev.longtail.local.experiments.ExperimentsCommand;
import dev.longtail.local.process.StopRequest;
import dev.longtail.local.running.DownCommand;
import dev.longtail.local.running.UpCommand;
import dev.longtail.local.status.StatusCommand;
import dev.longtail.settings.SettingsSources;
import dev.longtail.trials.EvaluateCommand;
import dev.longtail.trials.TopicsCommand;
import dev.longtail.trials.TrainBodyCommand;
import dev.longtail.trials.TrainCommand;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code longtail}: every program of the system is one of its subcommands. */
@Command(
        name = "longtail",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Live memorization and influence estimates while thousands of models train.",
            "",
            "Start with 'longtail demo'."
        },
        footer = {
            "",
            "'longtail COMMAND --help' explains a command. Every flag --some-name",
            "can also be set as LONGTAIL_SOME_NAME in the environment or as a line",
            "some-name=... in the file that LONGTAIL_CONFIG names.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class Longtail implements Runnable {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    BenchCommand.class,
                    BrokerCommand.class,
                    ClusterCommand.class,
                    CompareCommand.class,
                    DashboardCommand.class,
                    DemoCommand.class,
                    DownCommand.class,
                    ExperimentsCommand.class,
                    ExportCommand.class,
                    ImportCommand.class,
                    JobCommand.class,
                    QueryCommand.class,
                    ReplayCommand.class,
                    StatusCommand.class,
                    TopicsCommand.class,
                    TrainCommand.class,
                    TrainBodyCommand.class,
                    EvaluateCommand.class,
                    UpCommand.class,
                    HelpCommand.class);

    @Spec private CommandSpec spec;

    /** Runs the command and exits with its code. */
    public static void main(String[] args) {
        StopRequest.watch();
        System.exit(execute(args, System.getenv()));
    }

    /** Runs the command; returns its exit code. */
    static int execute(String[] args, Map<String, String> environment) {
        CommandLine commandLine = commandLine(asked(args));
        try {
            commandLine.setDefaultValueProvider(
                    SettingsSources.of(WorkDirectoryOption.environment(args, environment)));
        } catch (RuntimeException e) {
            return Failures.report(e, commandLine);
        }
        return commandLine.execute(args);
    }

    /**
     * The command that the first argument names, alone: describing all of them takes longer than
     * most commands do. All where none is named, and for those that ask for help about others.
     */
    static List<Class<?>> asked(String... args) {
        return COMMANDS.stream()
                .filter(command -> args.length > 0 && args[0].equals(name(command)))
                .filter(command -> command != HelpCommand.class)
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** The whole command tree, defaults of running systems not yet looked up. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    static CommandLine commandLine(List<Class<?>> commands) {
        CommandLine commandLine = new CommandLine(new Longtail());
        // Made here, because picocli applies model transformers only to what it is asked to make.
        commands.forEach(command -> commandLine.addSubcommand(new CommandLine(command)));
        WorkDirectoryOption.addTo(commandLine);
        CommandGroups.arrange(commandLine);
        showDefaults(commandLine);
        commandLine.setParameterExceptionHandler(
                (mistake, arguments) -> Failures.reportUsage(mistake));
        commandLine.setExecutionExceptionHandler(
                (exception, failed, parsed) -> Failures.report(exception, failed));
        return commandLine;
    }

    private static void showDefaults(CommandLine commandLine) {
        commandLine.getCommandSpec().usageMessage().showDefaultValues(true);
        commandLine.getSubcommands().values().forEach(Longtail::showDefaults);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
