package dev.longtail.trials.publishing;

import picocli.CommandLine.Option;

/** How topics that do not exist yet are created. */
public final class TopicSettings {

    @Option(
            names = "--partitions",
            paramLabel = "COUNT",
            defaultValue = "4",
            description =
                    "Partitions of the trials topic when it is created: the most tasks that can read it at once.")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "COUNT",
            defaultValue = "-1",
            description =
                    "Replicas of each partition of topics that are created; -1 is the cluster's own default.")
    private short replicationFactor;

    /** Partitions of the trials topic. */
    public int partitions() {
        return partitions;
    }

    /** Replicas of each partition, -1 for the cluster's default. */
    public short replicationFactor() {
        return replicationFactor;
    }

    /** Settings with these values, for programs that call others. */
    public static TopicSettings of(int partitions, int replicationFactor) {
        TopicSettings settings = new TopicSettings();
        settings.partitions = partitions;
        settings.replicationFactor = (short) replicationFactor;
        return settings;
    }
}
