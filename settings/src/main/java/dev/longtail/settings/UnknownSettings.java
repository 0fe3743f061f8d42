package dev.longtail.settings;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings in the environment that a program does not have. In a container the environment is made
 * for one program, so such a variable is a misspelt setting, which must not be passed over.
 */
public final class UnknownSettings {

    /** Variables that are no flag's. */
    private static final Set<String> GENERAL =
            Set.of("LONGTAIL_CONFIG", "LONGTAIL_WORK_DIR", "LONGTAIL_STACK_TRACES");

    private UnknownSettings() {}

    /**
     * Names of variables that begin with {@code LONGTAIL_} and belong to no option of the command
     * or its subcommands.
     */
    public static Set<String> in(Map<String, String> environment, CommandSpec command) {
        Set<String> unknown = new TreeSet<>();
        for (String name : environment.keySet()) {
            if (name.startsWith("LONGTAIL_") && !GENERAL.contains(name)) {
                unknown.add(name);
            }
        }
        removeKnown(unknown, command);
        return unknown;
    }

    /**
     * The same, for programs that then go no further; null when all are known.
     *
     * @return what to say
     */
    public static String complaint(Map<String, String> environment, CommandSpec command) {
        Set<String> unknown = in(environment, command);
        return unknown.isEmpty()
                ? null
                : "unknown settings in the environment: %s; --help lists those of '%s'"
                        .formatted(String.join(", ", unknown), command.name());
    }

    private static void removeKnown(Set<String> unknown, CommandSpec command) {
        for (OptionSpec option : command.options()) {
            unknown.remove(SettingsSources.environmentName(SettingsSources.settingName(option)));
        }
        for (CommandLine subcommand : command.subcommands().values()) {
            removeKnown(unknown, subcommand.getCommandSpec());
        }
    }
}
