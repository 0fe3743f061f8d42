package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Keeps docs/settings.md what the commands say. */
class SettingsDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
    private static final String WRITE = "longtail.docs.write";

    private static final String HEAD =
            """
            # All settings

            Every setting can be given as a flag, as a variable in the environment, or as a line
            `name=value` (the flag without its dashes) in a properties file that `LONGTAIL_CONFIG`
            names. A flag beats the environment, the environment the file, the file what the running
            system in the work directory says, and that the default.

            This file is written from the commands themselves; after changing an option, write it again:
            `mvn -pl cli -am test -Dtest=SettingsDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false -Dlongtail.docs.write=true`
            """;

    @Test
    void theDocumentIsWhatTheCommandsSay() throws IOException {
        StringBuilder document = new StringBuilder(HEAD);
        append(document, Longtail.commandLine());
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(DOCUMENT).as("write it again, see its head").hasContent(document.toString());
    }

    private static void append(StringBuilder document, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        boolean hasSettings =
                spec.options().stream()
                        .anyMatch(o -> !o.hidden() && !o.usageHelp() && !o.versionHelp());
        if (hasSettings) {
            document.append("\n## ")
                    .append(spec.qualifiedName())
                    .append("\n\n")
                    .append(SettingsTable.markdown(spec));
        }
        Set<CommandLine> subcommands = new LinkedHashSet<>(command.getSubcommands().values());
        subcommands.forEach(subcommand -> append(document, subcommand));
    }
}
