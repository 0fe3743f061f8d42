package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LongtailTest {

    @Test
    void everyCommandStandsInAGroupOfTheHelp() {
        assertThat(CommandGroups.ungrouped(Longtail.commandLine().getSubcommands().keySet()))
                .isEmpty();
    }

    @Test
    void everyCommandExplainsItself() {
        Longtail.commandLine()
                .getSubcommands()
                .forEach(
                        (name, command) -> {
                            assertThat(command.getCommandSpec().usageMessage().description())
                                    .as("description of %s", name)
                                    .isNotEmpty();
                            assertThat(command.getCommandSpec().findOption("--help"))
                                    .as("--help of %s", name)
                                    .isNotNull();
                        });
    }

    /** Settings of the job are added to some commands when they are made. */
    @Test
    void aCommandMadeAloneIsTheSameAsAmongAll() {
        CommandLine all = Longtail.commandLine();
        all.getSubcommands()
                .forEach(
                        (name, among) -> {
                            CommandLine made = Longtail.commandLine(Longtail.asked(name, "--help"));
                            assertThat(made.getSubcommands().get(name).getUsageMessage())
                                    .isEqualTo(among.getUsageMessage());
                            assertThat(made.getSubcommands())
                                    .hasSize(name.equals("help") ? all.getSubcommands().size() : 1);
                        });
        assertThat(Longtail.asked()).hasSize(all.getSubcommands().size());
        assertThat(Longtail.asked("--help")).hasSize(all.getSubcommands().size());
        assertThat(Longtail.asked("no-such-command")).hasSize(all.getSubcommands().size());
    }

    @Test
    void theTrainingEngineIsOnTheClassPathAlthoughSomeModulesLeaveItOut() {
        assertThat("ai.djl.engine.Engine")
                .satisfies(name -> assertThat(Class.forName(name)).isNotNull());
    }

    @Test
    void wrongUsageIsExitCode2() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = Longtail.commandLine().setErr(new PrintWriter(err));
        assertThat(commandLine.execute("no-such-command")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such-command");
        assertThat(commandLine.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("A command is missing");
    }

    @Test
    void aMissingOptionIsNamedWithWhatToDoAndWithoutAllTheOthers() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = Longtail.commandLine().setErr(new PrintWriter(err));

        assertThat(commandLine.execute("export", "--experiment=x", "--format=pairs")).isEqualTo(2);

        assertThat(err.toString())
                .hasLineCount(3)
                .contains("'--out=FILE'")
                .contains("No system runs in the work directory: 'longtail up' starts one")
                .contains("'longtail export --help' explains the command.");
    }

    @Test
    void aFailureIsExitCode1AndSaysWhyWithoutAStackTrace() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = Longtail.commandLine().setErr(new PrintWriter(err));
        int code =
                Failures.report(
                        new IllegalStateException("outer", new IllegalStateException("inner")),
                        commandLine);
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).hasLineCount(2).contains("outer").contains("because: inner");
    }

    @Test
    void theWorkDirectoryDecidesWhichRunningSystemIsAsked(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("system.properties"), "broker-port=12345\n");
        Map<String, String> elsewhere = Map.of("LONGTAIL_WORK_DIR", "/nowhere");
        assertThat(
                        WorkDirectoryOption.environment(
                                new String[] {"broker", "--work-dir", dir.toString()}, elsewhere))
                .containsEntry("LONGTAIL_WORK_DIR", dir.toString());
        assertThat(
                        WorkDirectoryOption.environment(
                                new String[] {"broker", "--work-dir=" + dir}, elsewhere))
                .containsEntry("LONGTAIL_WORK_DIR", dir.toString());
        assertThat(
                        WorkDirectoryOption.environment(
                                new String[] {"x", "--", "--work-dir=" + dir}, elsewhere))
                .containsEntry("LONGTAIL_WORK_DIR", "/nowhere");
    }
}
