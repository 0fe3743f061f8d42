package dev.longtail.local.cluster;

import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.settings.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the Flink process of a system on this machine. */
public final class ClusterSettings {

    @Mixin private KafkaSettings kafka;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description =
                    "Experiment to count; repeatable. Without it every experiment is counted, those that come later too.")
    private List<String> experiments = List.of();

    @Option(
            names = "--flink-data",
            paramLabel = "DIR",
            required = true,
            description = "Directory of checkpoints, savepoints and working state.")
    private Path data;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "18081",
            description = "Port of Flink's REST interface, on the loopback interface only.")
    private int restPort;

    @Option(
            names = "--state-proxy-port",
            paramLabel = "PORT",
            defaultValue = "19069",
            description = "Port where queries for state are answered, likewise.")
    private int stateProxyPort;

    @Option(
            names = "--slots",
            paramLabel = "NUMBER",
            defaultValue = "16",
            description = "Task slots: each job takes as many as its --parallelism.")
    private int slots;

    /** How to reach Kafka. */
    KafkaSettings kafka() {
        return kafka;
    }

    /** Experiments to count; empty for all. */
    TreeSet<String> experiments() {
        return new TreeSet<>(experiments);
    }

    /** Directory of all state. */
    Path data() {
        return data.toAbsolutePath();
    }

    /** Layout of the cluster. */
    ClusterOptions cluster() {
        return ClusterOptions.in(data().resolve("working"))
                .withSlots(slots)
                .withPorts(restPort, stateProxyPort);
    }
}
