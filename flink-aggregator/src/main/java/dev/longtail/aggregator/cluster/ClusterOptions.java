package dev.longtail.aggregator.cluster;

import java.nio.file.Path;

/**
 * How an {@link EmbeddedCluster} is laid out. It listens on the loopback interface only.
 *
 * @param workDir directory for the working state of tasks; created when missing
 * @param slots task slots: a job of parallelism p takes p of them; at least 1
 * @param restPort port of Flink's REST interface; 0 takes a free one
 * @param stateProxyPort port of the queryable-state proxy; 0 takes a free one
 * @param networkMegabytes memory for records in flight between tasks, MiB; at least 32
 */
public record ClusterOptions(
        Path workDir, int slots, int restPort, int stateProxyPort, int networkMegabytes) {

    private static final int DEFAULT_SLOTS = 8;
    private static final int DEFAULT_NETWORK_MEGABYTES = 128;

    /** Free ports, 8 slots. */
    public static ClusterOptions in(Path workDir) {
        return new ClusterOptions(workDir, DEFAULT_SLOTS, 0, 0, DEFAULT_NETWORK_MEGABYTES);
    }

    /** The same with another number of slots. */
    public ClusterOptions withSlots(int count) {
        return new ClusterOptions(workDir, count, restPort, stateProxyPort, networkMegabytes);
    }

    /** The same with fixed ports. */
    public ClusterOptions withPorts(int rest, int stateProxy) {
        return new ClusterOptions(workDir, slots, rest, stateProxy, networkMegabytes);
    }
}
