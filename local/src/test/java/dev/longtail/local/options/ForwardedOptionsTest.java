package dev.longtail.local.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ForwardedOptionsTest {

    static final class Settings {
        @Option(
                names = {"-p", "--pairs"},
                defaultValue = "all")
        String pairs;

        @Option(names = "--converged-only")
        boolean convergedOnly;

        @Option(names = "--alpha", defaultValue = "0.05")
        double alpha;

        @Option(names = "--port", required = true)
        int port;
    }

    static final class Forwarded extends ForwardedOptions {
        Forwarded() {
            super(new Settings(), Set.of("--port"));
        }
    }

    @Command(name = "starter", modelTransformer = Forwarded.class)
    static final class Starter implements Runnable {
        @Option(names = "--own")
        int own;

        @Override
        public void run() {}
    }

    private final CommandLine starter = new CommandLine(new Starter());

    private List<String> arguments(String... line) {
        starter.parseArgs(line);
        return new Forwarded().arguments(starter.getCommandSpec());
    }

    @Test
    void handsOnWhatWasWritten() {
        assertThat(arguments("-p", "none", "--converged-only", "--own=2"))
                .containsExactlyInAnyOrder("--pairs=none", "--converged-only");
    }

    @Test
    void leavesDefaultsToTheProgram() {
        assertThat(arguments()).isEmpty();
    }

    @Test
    void handsOnWhatIsSetElsewhere() {
        starter.setDefaultValueProvider(
                argument -> argument.paramLabel().contains("alpha") ? "0.01" : null);
        assertThat(arguments("-p", "none"))
                .containsExactlyInAnyOrder("--pairs=none", "--alpha=0.01");
    }
}
