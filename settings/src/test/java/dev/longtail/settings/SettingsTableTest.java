package dev.longtail.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class SettingsTableTest {

    @Test
    void hasARowForEveryVisibleOption() {
        String table = SettingsTable.markdown(new CommandLine(new Program()).getCommandSpec());

        assertThat(table)
                .isEqualTo(
                        """
                        | flag | environment | unit or form | default | meaning |
                        |---|---|---|---|---|
                        | `--alpha` | `LONGTAIL_ALPHA` | PROBABILITY | `0.05` | Error level, 5 % by default. |
                        | `--kind` | `LONGTAIL_KIND` | a\\|b | `a` | Which kind. |
                        | `--no-band` | `LONGTAIL_NO_BAND` | switch |  | Draw no band. |
                        | `--work-dir` | `LONGTAIL_WORK_DIR` | DIR |  | Where files go. Must exist. |
                        """);
    }

    @Command(mixinStandardHelpOptions = true, sortOptions = false)
    private static final class Program {

        @Option(
                names = "--alpha",
                paramLabel = "PROBABILITY",
                defaultValue = "0.05",
                description = "Error level, 5 %% by default.")
        private double alpha;

        @Option(
                names = "--kind",
                paramLabel = "a|b",
                defaultValue = "a",
                description = "Which kind (default: ${DEFAULT-VALUE}).")
        private String kind;

        @Option(names = "--no-band", description = "Draw no band.")
        private boolean noBand;

        @Option(
                names = {"-w", "--work-dir"},
                paramLabel = "DIR",
                description = {"Where files go.", "Must exist."})
        private String workDir;

        @Option(names = "--secret-switch", hidden = true)
        private boolean hidden;
    }
}
