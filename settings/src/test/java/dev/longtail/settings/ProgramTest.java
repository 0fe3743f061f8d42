package dev.longtail.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class ProgramTest {

    @Command(name = "outer", subcommands = Inner.class)
    static final class Outer implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("expected a subcommand");
        }
    }

    @Command(name = "inner")
    static final class Inner implements Runnable {
        static String servers;
        static int size;

        @Mixin private KafkaSettings kafka;

        @Option(names = "--size")
        private int givenSize;

        @Override
        public void run() {
            servers = kafka.bootstrapServers();
            size = givenSize;
        }
    }

    @Test
    void takesSettingsFromTheEnvironmentAndArguments() {
        int code =
                Program.run(
                        new Outer(),
                        Map.of("LONGTAIL_BOOTSTRAP_SERVERS", "broker:1", "PATH", "/bin"),
                        "inner",
                        "--size=3");

        assertThat(code).isZero();
        assertThat(Inner.servers).isEqualTo("broker:1");
        assertThat(Inner.size).isEqualTo(3);
    }

    @Test
    void aMisspeltSettingIsWrongUsage() {
        Map<String, String> environment =
                Map.of(
                        "LONGTAIL_BOOTSTRAP_SERVERS", "broker:1",
                        "LONGTAIL_SISE", "3",
                        "LONGTAIL_WORK_DIR", "target");

        assertThat(Program.run(new Outer(), environment, "inner")).isEqualTo(2);
        assertThat(
                        UnknownSettings.complaint(
                                environment, new picocli.CommandLine(new Outer()).getCommandSpec()))
                .contains("LONGTAIL_SISE")
                .doesNotContain("LONGTAIL_WORK_DIR");
    }
}
