package dev.longtail.settings;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Runs a command as a program of its own, as the container images do. */
public final class Program {

    private Program() {}

    /**
     * Runs the command with values from arguments, environment and file; returns its exit code: 0
     * done, 1 failed, 2 wrong usage, among it settings in the environment that no command has.
     *
     * @param command an object of picocli's
     * @param environment usually {@code System.getenv()}
     */
    public static int run(Object command, Map<String, String> environment, String... arguments) {
        CommandLine commandLine = new CommandLine(command);
        String complaint = UnknownSettings.complaint(environment, commandLine.getCommandSpec());
        if (complaint != null) {
            commandLine.getErr().println(complaint);
            return ExitCode.USAGE;
        }
        commandLine.setDefaultValueProvider(SettingsSources.of(environment));
        return commandLine.execute(arguments);
    }
}
