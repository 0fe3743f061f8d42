package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.command.ReplayCommand;
import dev.longtail.settings.SettingsTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The guide's table of settings is what the program accepts. */
class DocumentationTest {

    private static final Path GUIDE = Path.of("../docs/counting.md");

    @Test
    void theTableOfSettingsIsUpToDate() throws Exception {
        String table =
                SettingsTable.markdown(new CommandLine(new ReplayCommand()).getCommandSpec());
        assertThat(Files.readString(GUIDE))
                .as("between the marks in %s should stand%n%s", GUIDE, table)
                .contains("by a test -->\n" + table + "<!-- end -->");
    }
}
