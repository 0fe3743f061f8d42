package dev.longtail.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a topic must be created so that nothing gets lost and every record fits. Replicas are the
 * cluster's business and not part of it.
 *
 * @param name of the topic
 * @param partitions number of partitions
 * @param configuration Kafka's topic options by name
 */
public record TopicPlan(String name, int partitions, Map<String, String> configuration) {

    /** Largest record that the job sends, bytes: a test group's list of influences. */
    public static final int LARGEST_OUTPUT_BYTES = 16 * 1024 * 1024;

    private static final String FOR_EVER = "-1";

    /**
     * The topics that trainers and importers write.
     *
     * @param trialPartitions partitions of the trials topic
     * @param trainSize n
     * @param testSize n'
     */
    public static List<TopicPlan> inputs(
            ExperimentTopics topics, int trialPartitions, int trainSize, int testSize) {
        int largest = ExperimentTopics.maxMessageBytes(trainSize, testSize);
        return List.of(
                compacted(topics.experimentTopic(), largest),
                compacted(topics.examplesTopic(), largest),
                kept(topics.trialsTopic(), trialPartitions, largest));
    }

    /** The topics that the job writes. */
    public static List<TopicPlan> outputs(ExperimentTopics topics) {
        List<String> logs = List.of(topics.convergenceTopic(), topics.rejectedTopic());
        List<TopicPlan> plans = new ArrayList<>();
        for (String topic : topics.outputTopics()) {
            plans.add(
                    logs.contains(topic)
                            ? kept(topic, 1, LARGEST_OUTPUT_BYTES)
                            : compacted(topic, LARGEST_OUTPUT_BYTES));
        }
        return plans;
    }

    private static TopicPlan compacted(String name, int largest) {
        return new TopicPlan(
                name,
                1,
                Map.of("cleanup.policy", "compact", "max.message.bytes", String.valueOf(largest)));
    }

    private static TopicPlan kept(String name, int partitions, int largest) {
        return new TopicPlan(
                name,
                partitions,
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        FOR_EVER,
                        "retention.bytes",
                        FOR_EVER,
                        "max.message.bytes",
                        String.valueOf(largest)));
    }
}
