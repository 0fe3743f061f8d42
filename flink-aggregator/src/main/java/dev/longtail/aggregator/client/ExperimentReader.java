package dev.longtail.aggregator.client;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads descriptions of experiments from Kafka. */
public final class ExperimentReader {

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentReader.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAUSES_PER_MESSAGE = 15;

    private ExperimentReader() {}

    /**
     * The description of an experiment; empty where it is not described.
     *
     * @param kafka client properties
     * @throws IllegalStateException when there is a description that cannot be read
     */
    public static Optional<Experiment> find(Properties kafka, String experiment) {
        String topic = ExperimentTopics.of(experiment).experimentTopic();
        byte[] value = CompactedTopic.newestByKey(kafka, topic).get(experiment);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordCodec.of(Experiment.class).decode(value));
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "the topic %s holds no readable description under the key '%s': %s"
                            .formatted(topic, experiment, e.getMessage()),
                    e);
        }
    }

    /**
     * The description of an experiment, once there is one.
     *
     * @throws InterruptedException when the wait is interrupted
     */
    public static Experiment await(Properties kafka, String experiment)
            throws InterruptedException {
        String topic = ExperimentTopics.of(experiment).experimentTopic();
        return await(
                () -> find(kafka, experiment),
                "the description of the experiment '%s' in the topic %s"
                        .formatted(experiment, topic));
    }

    /**
     * Returns once the topic of an experiment's trials exists.
     *
     * @throws InterruptedException when the wait is interrupted
     */
    public static void awaitTrialsTopic(Properties kafka, String experiment)
            throws InterruptedException {
        String topic = ExperimentTopics.of(experiment).trialsTopic();
        await(
                () -> CompactedTopic.exists(kafka, topic) ? Optional.of(topic) : Optional.empty(),
                "the topic " + topic);
    }

    private static <T> T await(Supplier<Optional<T>> attempt, String what)
            throws InterruptedException {
        for (int pauses = 0; ; pauses++) {
            Optional<T> found = attempt.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (pauses % PAUSES_PER_MESSAGE == 0) {
                LOG.info("Waiting for {}: trainers and importers create it", what);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }
}
