package dev.longtail.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A real single-node Kafka (KRaft) in this process, listening on the loopback interface only.
 *
 * <pre>{@code
 * @TempDir static Path dir;
 * static TestBroker broker;
 *
 * @BeforeAll static void start() { broker = TestBroker.start(dir); }
 * @AfterAll static void stop() { broker.close(); }
 * }</pre>
 *
 * {@link #stop} and {@link #restart} imitate an outage: address and data stay the same.
 */
public final class TestBroker implements AutoCloseable {

    private static final int NODE = 1;

    private final KafkaConfig config;
    private final String bootstrapServers;
    private final String securedServers;
    private KafkaRaftServer server;

    private TestBroker(KafkaConfig config, String bootstrapServers, String securedServers) {
        this.config = config;
        this.bootstrapServers = bootstrapServers;
        this.securedServers = securedServers;
    }

    /**
     * Formats a directory and starts a broker on it; back when the broker serves.
     *
     * @param dir an empty directory, usually a {@code @TempDir}
     * @throws IllegalStateException when the directory cannot be formatted
     */
    public static TestBroker start(Path dir) {
        int port = FreePorts.take();
        return start(properties(formatted(dir), port, FreePorts.take()), "127.0.0.1:" + port, null);
    }

    /**
     * The same with a second listener, of the protocol SASL_SSL.
     *
     * @param options of that listener without prefix, for example {@code ssl.keystore.location}
     * @throws IllegalStateException when the directory cannot be formatted
     */
    public static TestBroker startSecured(Path dir, Map<String, String> options) {
        int port = FreePorts.take();
        String secured = "127.0.0.1:" + FreePorts.take();
        Properties properties = properties(formatted(dir), port, FreePorts.take());
        properties.merge("listeners", ",SECURED://" + secured, TestBroker::concat);
        properties.merge("listener.security.protocol.map", ",SECURED:SASL_SSL", TestBroker::concat);
        options.forEach((name, value) -> properties.put("listener.name.secured." + name, value));
        return start(properties, "127.0.0.1:" + port, secured);
    }

    private static String concat(Object first, Object second) {
        return first + "" + second;
    }

    private static TestBroker start(Properties properties, String servers, String secured) {
        TestBroker broker = new TestBroker(KafkaConfig.fromProps(properties), servers, secured);
        broker.restart();
        return broker;
    }

    /** Where clients of the secured listener connect; null where there is none. */
    public String securedServers() {
        return securedServers;
    }

    /** Where clients connect: {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops serving; the data stays. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Serves again after {@link #stop}, at the same address. */
    public void restart() {
        if (server == null) {
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static Properties properties(String data, int brokerPort, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE));
        properties.put(
                "listeners",
                "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(brokerPort, controllerPort));
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "BROKER");
        properties.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", data);
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("num.network.threads", "1");
        properties.put("num.io.threads", "2");
        return properties;
    }

    private static String formatted(Path dir) {
        String data = dir.resolve("kafka").toString();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data)
                    .setDirectories(List.of(data))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot format "
                            + data
                            + " for Kafka: "
                            + said.toString(StandardCharsets.UTF_8),
                    e);
        }
        return data;
    }
}
