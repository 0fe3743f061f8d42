package dev.longtail.trials.publishing;

import dev.longtail.schemas.ExperimentTopics;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that producers of trials write to. */
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
        String largest = String.valueOf(ExperimentTopics.maxMessageBytes(trainSize, testSize));
        Map<String, String> compacted =
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        largest);
        Map<String, String> kept =
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        FOR_EVER,
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        FOR_EVER,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        largest);
        short replicas = settings.replicationFactor();
        List<NewTopic> wanted =
                List.of(
                        new NewTopic(topics.experimentTopic(), 1, replicas).configs(compacted),
                        new NewTopic(topics.examplesTopic(), 1, replicas).configs(compacted),
                        new NewTopic(topics.trialsTopic(), settings.partitions(), replicas)
                                .configs(kept));
        try (Admin admin = Admin.create(client)) {
            Set<String> existed = new TreeSet<>();
            for (Map.Entry<String, KafkaFuture<Void>> created :
                    admin.createTopics(wanted).values().entrySet()) {
                if (!isCreated(created.getValue())) {
                    existed.add(created.getKey());
                }
            }
            // A topic made just now is as wanted, and not every broker knows it yet.
            if (existed.contains(topics.trialsTopic())) {
                warnAboutLoss(admin, topics.trialsTopic());
            }
        } catch (ExecutionException e) {
            throw new KafkaFailureException(
                    "cannot create the topics of experiment '%s' at %s"
                            .formatted(
                                    topics.experiment(), client.getProperty("bootstrap.servers")),
                    e.getCause());
        } catch (InterruptedException e) {
            throw KafkaFailureException.interrupted(e);
        }
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

    private static void warnAboutLoss(Admin admin, String trialsTopic)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, trialsTopic);
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
    }
}
