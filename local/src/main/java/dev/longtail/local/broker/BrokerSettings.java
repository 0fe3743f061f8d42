package dev.longtail.local.broker;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Settings of the broker process. */
public final class BrokerSettings {

    @Option(
            names = "--broker-data",
            paramLabel = "DIR",
            required = true,
            description = "Directory of all topics; formatted at the first start.")
    private Path data;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "Port for clients, on the loopback interface only.")
    private int port;

    @Option(
            names = "--controller-port",
            paramLabel = "PORT",
            defaultValue = "19093",
            description =
                    "Port of the broker's own KRaft controller, on the loopback interface only.")
    private int controllerPort;

    /** Directory of all topics. */
    public Path data() {
        return data;
    }

    /** Port for clients. */
    public int port() {
        return port;
    }

    /** Port of the controller. */
    public int controllerPort() {
        return controllerPort;
    }
}
