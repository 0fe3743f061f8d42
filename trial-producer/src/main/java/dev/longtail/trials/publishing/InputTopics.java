package dev.longtail.trials.publishing;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.TopicPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics: those that producers of trials write to, and others by plan. */
public final class InputTopics {

    private static final Logger LOG = LoggerFactory.getLogger(InputTopics.class);
    private static final String FOR_EVER = "-1";

    private InputTopics() {}

    /**
     * Creates the topics that do not exist. One that exists stays as it is; a warning tells when it
     * would lose trials.
     *
     * @param client properties of the Kafka client
     * @param trainSize n
     * @param testSize n'
     * @throws KafkaFailureException when the cluster cannot be reached or refuses
     */
    public static void create(
            Properties client,
            ExperimentTopics topics,
            TopicSettings settings,
            int trainSize,
            int testSize) {
        List<TopicPlan> plans =
                TopicPlan.inputs(topics, settings.partitions(), trainSize, testSize);
        List<String> created = create(client, plans, settings.replicationFactor(), Map.of());
        // A topic made just now is as wanted, and not every broker knows it yet.
        if (!created.contains(topics.trialsTopic())) {
            warnAboutLoss(client, topics.trialsTopic());
        }
    }

    /**
     * Creates topics that do not exist; those that exist stay as they are.
     *
     * @param client properties of the Kafka client
     * @param replicas of each partition, -1 for the cluster's default
     * @param more options of all topics beside those of the plans
     * @return the names of the topics that were created
     * @throws KafkaFailureException when the cluster cannot be reached or refuses
     */
    public static List<String> create(
            Properties client, List<TopicPlan> plans, short replicas, Map<String, String> more) {
        List<NewTopic> wanted = plans.stream().map(plan -> newTopic(plan, replicas, more)).toList();
        List<String> created = new ArrayList<>();
        try (Admin admin = Admin.create(client)) {
            for (Map.Entry<String, KafkaFuture<Void>> answer :
                    admin.createTopics(wanted).values().entrySet()) {
                if (isCreated(answer.getValue())) {
                    created.add(answer.getKey());
                }
            }
            return created;
        } catch (ExecutionException e) {
            throw failure("create the topics " + names(plans), client, e);
        } catch (InterruptedException e) {
            throw KafkaFailureException.interrupted(e);
        }
    }

    private static NewTopic newTopic(TopicPlan plan, short replicas, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(plan.configuration());
        options.putAll(more);
        return new NewTopic(plan.name(), plan.partitions(), replicas).configs(options);
    }

    private static String names(List<TopicPlan> plans) {
        return plans.stream().map(TopicPlan::name).collect(Collectors.joining(", "));
    }

    private static KafkaFailureException failure(
            String what, Properties client, ExecutionException e) {
        return new KafkaFailureException(
                "cannot %s at %s".formatted(what, client.getProperty("bootstrap.servers")),
                e.getCause());
    }

    /** Waits; false where the topic existed before. */
    private static boolean isCreated(KafkaFuture<Void> created)
            throws ExecutionException, InterruptedException {
        try {
            created.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static void warnAboutLoss(Properties client, String trialsTopic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, trialsTopic);
        try (Admin admin = Admin.create(client)) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            String retention = config.get(TopicConfig.RETENTION_MS_CONFIG).value();
            String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (!retention.equals(FOR_EVER) || !policy.equals(TopicConfig.CLEANUP_POLICY_DELETE)) {
                LOG.warn(
                        "topic {} exists with retention.ms={} and cleanup.policy={}: trials will be lost to replays; set retention.ms=-1 and cleanup.policy=delete",
                        trialsTopic,
                        retention,
                        policy);
            }
        } catch (ExecutionException e) {
            throw failure("read the options of the topic " + trialsTopic, client, e);
        } catch (InterruptedException e) {
            throw KafkaFailureException.interrupted(e);
        }
    }
}
