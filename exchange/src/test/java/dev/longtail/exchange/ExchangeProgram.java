package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands as a program: within a test's process, or one of its own that can be stopped. */
@Command(subcommands = {ImportCommand.class, ExportCommand.class})
public final class ExchangeProgram {

    private final String bootstrapServers;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs the commands against a broker. */
    ExchangeProgram(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ExchangeProgram(null)).execute(arguments));
    }

    /** Runs a command and holds its exit code against the expected one. */
    void run(int expected, String... arguments) {
        int code =
                new CommandLine(this)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(withBroker(arguments).toArray(String[]::new));
        assertThat(code).as("%s: %s", String.join(" ", arguments), err).isEqualTo(expected);
    }

    /** Starts a command as a process of its own; what it says comes with the test's output. */
    Process start(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ExchangeProgram.class.getName()));
        command.addAll(withBroker(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private List<String> withBroker(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", bootstrapServers));
        return all;
    }

    /** What the commands printed so far. */
    String out() {
        return out.toString();
    }

    /** What they printed about failures. */
    String err() {
        return err.toString();
    }
}
