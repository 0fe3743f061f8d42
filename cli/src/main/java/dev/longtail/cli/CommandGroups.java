package dev.longtail.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Subcommands in the help by what one wants to do. */
final class CommandGroups {

    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("Everything on this machine", List.of("demo", "up", "status", "down"));
        GROUPS.put("Experiments", List.of("experiments", "train", "train-body", "evaluate"));
        GROUPS.put("Counting", List.of("job", "replay"));
        GROUPS.put("Looking", List.of("dashboard", "query", "compare"));
        GROUPS.put("In and out", List.of("import", "export"));
        GROUPS.put("Measuring", List.of("bench"));
        GROUPS.put("Parts and more", List.of("broker", "cluster", "topics", "help"));
    }

    private CommandGroups() {}

    /** Lists the top-level commands by group. */
    static void arrange(CommandLine commandLine) {
        commandLine
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        commandLine
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::render);
    }

    /** Commands that no group names, which a test keeps empty. */
    static Set<String> ungrouped(Set<String> commands) {
        Set<String> ungrouped = new TreeSet<>(commands);
        GROUPS.values().forEach(ungrouped::removeAll);
        return ungrouped;
    }

    private static String render(Help help) {
        Map<String, Help> commands = help.subcommands();
        return GROUPS.entrySet().stream()
                .map(group -> render(group.getKey(), group.getValue(), commands))
                .collect(Collectors.joining());
    }

    private static String render(String title, List<String> names, Map<String, Help> commands) {
        String lines =
                names.stream()
                        .filter(commands::containsKey)
                        .map(name -> line(name, commands.get(name)))
                        .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "%n%s%n%s".formatted(title, lines);
    }

    private static String line(String name, Help help) {
        UsageMessageSpec usage = help.commandSpec().usageMessage();
        String[] text = usage.header().length > 0 ? usage.header() : usage.description();
        String first = text.length > 0 ? text[0].replace("%%", "%") : "";
        return "  %-12s %s%n".formatted(name, first);
    }
}
