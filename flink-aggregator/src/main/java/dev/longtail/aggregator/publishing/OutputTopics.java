package dev.longtail.aggregator.publishing;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.TopicPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics a job writes to, as they must be: compacted where they hold newest values. */
public final class OutputTopics {

    private OutputTopics() {}

    /**
     * Creates what is missing; existing topics are left as they are.
     *
     * @param kafka client properties
     * @return the topics that existed before
     * @throws IllegalStateException when Kafka refuses or is not reached
     */
    public static Set<String> create(ExperimentTopics topics, Properties kafka) {
        Set<String> existing = new HashSet<>();
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(wanted(topics))
                    .values()
                    .forEach(
                            (topic, created) -> {
                                if (!isCreated(topic, created)) {
                                    existing.add(topic);
                                }
                            });
        }
        return existing;
    }

    private static boolean isCreated(String topic, KafkaFuture<Void> created) {
        try {
            created.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new IllegalStateException(
                    "cannot create the topic %s: %s".formatted(topic, e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    private static List<NewTopic> wanted(ExperimentTopics topics) {
        return TopicPlan.outputs(topics).stream()
                .map(
                        plan ->
                                new NewTopic(
                                                plan.name(),
                                                Optional.of(plan.partitions()),
                                                Optional.empty())
                                        .configs(plan.configuration()))
                .toList();
    }
}
