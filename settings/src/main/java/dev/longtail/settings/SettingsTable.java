package dev.longtail.settings;

import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command as a Markdown table: flag, unit or form, default, meaning. */
public final class SettingsTable {

    private SettingsTable() {}

    /**
     * A table of all options of one command, subcommands excluded, hidden and help options left
     * out.
     */
    public static String markdown(CommandSpec command) {
        String rows =
                command.options().stream()
                        .filter(
                                option ->
                                        !option.hidden()
                                                && !option.usageHelp()
                                                && !option.versionHelp())
                        .map(SettingsTable::row)
                        .collect(Collectors.joining());
        return "| flag | environment | unit or form | default | meaning |\n|---|---|---|---|---|\n"
                + rows;
    }

    private static String row(OptionSpec option) {
        String name = SettingsSources.settingName(option);
        String fallback = option.defaultValue();
        return "| `--%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        name,
                        SettingsSources.environmentName(name),
                        option.arity().max() == 0 ? "switch" : cell(option.paramLabel()),
                        fallback == null ? "" : "`" + cell(fallback) + "`",
                        cell(meaning(option)));
    }

    /** The default has a column of its own. */
    private static String meaning(OptionSpec option) {
        return String.join(" ", option.description())
                .replace(" (default: " + option.defaultValue() + ")", "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("%%", "%").replace('\n', ' ');
    }
}
