package dev.longtail.local.broker;

import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka of one node, broker and KRaft controller in this process, for one machine: it
 * listens on the loopback interface only and keeps one replica of everything.
 */
public final class KafkaBroker implements AutoCloseable {

    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String CLIENTS = "CLIENTS";
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;

    private KafkaBroker(KafkaRaftServer server) {
        this.server = server;
    }

    /** Formats new storage, starts, and returns when the broker serves. */
    public static KafkaBroker start(BrokerSettings settings) {
        KafkaStorage.formatIfNew(settings.data());
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties(settings)), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server);
    }

    /** Returns when the broker has stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties properties(BrokerSettings settings) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE));
        properties.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(
                                CLIENTS,
                                HOST,
                                settings.port(),
                                CONTROLLER,
                                HOST,
                                settings.controllerPort()));
        properties.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", CONTROLLER);
        properties.put("inter.broker.listener.name", CLIENTS);
        // Static voters: their addresses are read at every start, so the ports may change.
        properties.put(
                "controller.quorum.voters", NODE + "@" + HOST + ":" + settings.controllerPort());
        properties.put("log.dirs", settings.data().toString());
        oneReplica(properties);
        small(properties);
        return properties;
    }

    private static void oneReplica(Properties properties) {
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // No other node waits for this one's session to end but itself after a crash, for Kafka's
        // 9 s before it serves again. More than it may stand still, lest its topics have no leader.
        properties.put("broker.session.timeout.ms", "4000");
        properties.put("broker.heartbeat.interval.ms", "1000");
    }

    private static void small(Properties properties) {
        // A mistyped topic must be an error of the client, never a new topic.
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024));
        // Compacted topics are rewritten soon: the newest estimates stay few however long it runs.
        properties.put("log.cleaner.backoff.ms", "15000");
    }
}
