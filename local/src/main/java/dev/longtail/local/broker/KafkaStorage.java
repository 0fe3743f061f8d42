package dev.longtail.local.broker;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** Kafka's data directory: formatted once, kept ever after. */
final class KafkaStorage {

    private static final String FORMATTED_MARK = "meta.properties";

    private KafkaStorage() {}

    /**
     * Formats the directory unless it is formatted already.
     *
     * @throws IllegalStateException when Kafka refuses the directory
     */
    static void formatIfNew(Path directory) {
        if (Files.exists(directory.resolve(FORMATTED_MARK))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(KafkaBroker.NODE)
                    .setControllerListenerName(KafkaBroker.CONTROLLER)
                    .setMetadataLogDirectory(directory.toString())
                    .setDirectories(List.of(directory.toString()))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot format %s for Kafka: %s"
                            .formatted(directory, said.toString(StandardCharsets.UTF_8)),
                    e);
        }
    }
}
