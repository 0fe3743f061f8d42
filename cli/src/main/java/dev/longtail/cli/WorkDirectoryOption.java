package dev.longtail.cli;

import dev.longtail.settings.SettingsSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --work-dir} on every command: it decides which running system the other settings are
 * looked up in, so it is read before the command line is.
 */
final class WorkDirectoryOption {

    static final String NAME = "--work-dir";

    private static final String ENVIRONMENT_NAME = "LONGTAIL_WORK_DIR";

    private WorkDirectoryOption() {}

    /** The environment with the work directory that the arguments name, if they name one. */
    static Map<String, String> environment(String[] args, Map<String, String> environment) {
        Map<String, String> result = new HashMap<>(environment);
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--")) {
                break;
            }
            if (args[i].startsWith(NAME + "=")) {
                result.put(ENVIRONMENT_NAME, args[i].substring(NAME.length() + 1));
            } else if (args[i].equals(NAME) && i + 1 < args.length) {
                result.put(ENVIRONMENT_NAME, args[i + 1]);
            }
        }
        return result;
    }

    /** Adds the option to every command that does not have it already. */
    static void addTo(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        boolean isGroup = !spec.subcommands().isEmpty();
        if (!isGroup && !spec.helpCommand() && spec.findOption(NAME) == null) {
            spec.addOption(
                    OptionSpec.builder(NAME)
                            .paramLabel("DIR")
                            .type(Path.class)
                            .defaultValue(SettingsSources.DEFAULT_WORK_DIR)
                            .description(
                                    "Work directory of the running system that this command talks to.")
                            .build());
        }
        spec.subcommands().values().forEach(WorkDirectoryOption::addTo);
    }
}
