package dev.longtail.local.running;

import dev.longtail.local.WorkDirectorySettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of a system on this machine. A port that is taken is replaced by the next free one. */
public final class SystemSettings {

    @Mixin private WorkDirectorySettings work;

    @Option(
            names = "--dashboard-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port of the dashboard.")
    private int dashboardPort;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "Port of Kafka for clients.")
    private int brokerPort;

    @Option(
            names = "--controller-port",
            paramLabel = "PORT",
            defaultValue = "19093",
            description = "Port of Kafka's own controller.")
    private int controllerPort;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "18081",
            description = "Port of Flink's REST interface and web page.")
    private int flinkPort;

    @Option(
            names = "--state-proxy-port",
            paramLabel = "PORT",
            defaultValue = "19069",
            description = "Port where queries for state are answered.")
    private int stateProxyPort;

    @Option(
            names = "--cluster-heap",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description =
                    "Heap of the Flink process, as Java's -Xmx; RocksDB's memory comes on top.")
    private String clusterHeap;

    /** The work directory's option. */
    public WorkDirectorySettings work() {
        return work;
    }

    /** First choice for the dashboard. */
    public int dashboardPort() {
        return dashboardPort;
    }

    /** First choice for Kafka's clients. */
    public int brokerPort() {
        return brokerPort;
    }

    /** First choice for Kafka's controller. */
    public int controllerPort() {
        return controllerPort;
    }

    /** First choice for Flink's REST interface. */
    public int flinkPort() {
        return flinkPort;
    }

    /** First choice for queryable state. */
    public int stateProxyPort() {
        return stateProxyPort;
    }

    /** Heap of the Flink process. */
    public String clusterHeap() {
        return clusterHeap;
    }
}
