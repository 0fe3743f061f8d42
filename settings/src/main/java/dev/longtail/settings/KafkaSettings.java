package dev.longtail.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.Option;

/** How to reach Kafka: the mixin of every program that does. */
public final class KafkaSettings {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,HOST:PORT...]",
            required = true,
            description =
                    "Kafka brokers to start from. Where a system runs in the work directory, its broker is the default.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Properties file for all Kafka clients, for example security.protocol and sasl.jaas.config; keeps secrets out of arguments.")
    private Path kafkaConfig;

    /** Settings with these values and no file, for programs that start others. */
    public static KafkaSettings of(String bootstrapServers) {
        KafkaSettings settings = new KafkaSettings();
        settings.bootstrapServers = bootstrapServers;
        return settings;
    }

    /** The brokers as {@code host:port,...}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Properties common to all clients: the file's, then the brokers.
     *
     * @throws UncheckedIOException when the file cannot be read
     */
    public Properties clientProperties() {
        Properties properties = new Properties();
        if (kafkaConfig != null) {
            try (Reader reader = Files.newBufferedReader(kafkaConfig, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read --kafka-config " + kafkaConfig, e);
            }
        }
        properties.setProperty("bootstrap.servers", bootstrapServers);
        return properties;
    }
}
