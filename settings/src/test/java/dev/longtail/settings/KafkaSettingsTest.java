package dev.longtail.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class KafkaSettingsTest {

    @TempDir private Path directory;

    @Test
    void clientsGetTheFileAndTheBrokers() throws IOException {
        Path file = directory.resolve("kafka.properties");
        Files.writeString(file, "security.protocol=SSL\nbootstrap.servers=ignored:1\n");

        KafkaSettings settings =
                parse("--bootstrap-servers", "broker:9092", "--kafka-config", file.toString());

        assertThat(settings.clientProperties())
                .containsOnly(
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("bootstrap.servers", "broker:9092"));
    }

    @Test
    void missingFileIsNamedWithItsFlag() {
        Path missing = directory.resolve("missing.properties");
        KafkaSettings settings =
                parse("--bootstrap-servers", "broker:9092", "--kafka-config", missing.toString());

        assertThatThrownBy(settings::clientProperties)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read --kafka-config " + missing);
    }

    @Test
    void programsThatStartOthersGiveTheBrokersOnly() {
        assertThat(KafkaSettings.of("127.0.0.1:9092").clientProperties())
                .containsOnly(Map.entry("bootstrap.servers", "127.0.0.1:9092"));
    }

    private static KafkaSettings parse(String... arguments) {
        Program program = new Program();
        new CommandLine(program).parseArgs(arguments);
        return program.kafka;
    }

    @Command
    private static final class Program {

        @Mixin private KafkaSettings kafka;
    }
}
