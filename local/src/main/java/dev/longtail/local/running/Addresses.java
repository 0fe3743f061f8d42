package dev.longtail.local.running;

import dev.longtail.local.Ports;
import dev.longtail.local.RunningSystem;
import java.net.URI;

/**
 * The ports of one system.
 *
 * @param broker Kafka for clients
 * @param controller Kafka's controller
 * @param flink Flink's REST interface
 * @param stateProxy queryable state
 * @param dashboard the dashboard
 */
record Addresses(int broker, int controller, int flink, int stateProxy, int dashboard) {

    private static final String HOST = "127.0.0.1";

    static Addresses choose(SystemSettings settings, Ports ports) {
        return new Addresses(
                ports.take("Kafka", settings.brokerPort()),
                ports.take("Kafka's controller", settings.controllerPort()),
                ports.take("Flink", settings.flinkPort()),
                ports.take("queryable state", settings.stateProxyPort()),
                ports.take("the dashboard", settings.dashboardPort()));
    }

    String bootstrapServers() {
        return HOST + ":" + broker;
    }

    URI flinkRest() {
        return http(flink);
    }

    URI dashboardUrl() {
        return http(dashboard);
    }

    RunningSystem asRunning() {
        return new RunningSystem(
                bootstrapServers(),
                flinkRest(),
                HOST + ":" + stateProxy,
                dashboardUrl(),
                ProcessHandle.current().pid());
    }

    private static URI http(int port) {
        return URI.create("http://%s:%d".formatted(HOST, port));
    }
}
