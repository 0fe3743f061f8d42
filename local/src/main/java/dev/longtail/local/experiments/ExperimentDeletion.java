package dev.longtail.local.experiments;

import dev.longtail.local.WorkDirectory;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Deletes the topics of an experiment and the state of its jobs. Its jobs must have ended. */
public final class ExperimentDeletion {

    private static final long PATIENCE_SECONDS = 60;

    private final Properties kafka;
    private final WorkDirectory work;

    /**
     * @param kafka properties of Kafka clients
     * @param work where the jobs' state is
     */
    public ExperimentDeletion(Properties kafka, WorkDirectory work) {
        this.kafka = kafka;
        this.work = work;
    }

    /**
     * Deletes; an experiment that does not exist is deleted already.
     *
     * @throws IllegalStateException when the broker refuses or does not answer
     */
    public void delete(String experiment) throws InterruptedException {
        ExperimentParts parts = parts(experiment);
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(parts.topics()).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "cannot delete the topics of '%s': %s; try again"
                            .formatted(experiment, e.getMessage()),
                    e);
        }
        parts.outputs().forEach(work::deleteJobState);
    }

    ExperimentParts parts(String experiment) {
        try (TopicReader reader = new TopicReader(kafka)) {
            return ExperimentParts.of(experiment, reader);
        }
    }
}
