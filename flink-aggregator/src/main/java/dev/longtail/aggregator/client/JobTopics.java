package dev.longtail.aggregator.client;

import dev.longtail.schemas.ExperimentTopics;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Which experiments and jobs there are, by their topics. */
public final class JobTopics {

    private JobTopics() {}

    /**
     * Output prefixes of all jobs that ever announced themselves, replays included.
     *
     * @throws IllegalStateException when Kafka is not reached
     */
    public static SortedSet<String> outputs(Properties kafka) {
        return namesBefore(kafka, ExperimentTopics.JOB_SUFFIX);
    }

    /**
     * Names of all experiments.
     *
     * @throws IllegalStateException when Kafka is not reached
     */
    public static SortedSet<String> experiments(Properties kafka) {
        return namesBefore(kafka, ExperimentTopics.EXPERIMENT_SUFFIX);
    }

    private static SortedSet<String> namesBefore(Properties kafka, String suffix) {
        try (Admin admin = Admin.create(kafka)) {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> topic.endsWith(suffix))
                    .map(topic -> topic.substring(0, topic.length() - suffix.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot list the topics of Kafka at %s: %s"
                            .formatted(
                                    kafka.getProperty("bootstrap.servers"),
                                    e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while listing topics", e);
        }
    }
}
