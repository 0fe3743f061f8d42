package dev.longtail.aggregator;

import dev.longtail.aggregator.client.CountedExperiment;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.aggregator.publishing.JobAnnouncement;
import dev.longtail.aggregator.publishing.OutputRecord;
import dev.longtail.aggregator.publishing.OutputTopics;
import dev.longtail.aggregator.publishing.StaleOutputs;
import dev.longtail.schemas.Experiment;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What is done around the submission of a job, wherever it runs. */
public final class JobPreparation {

    private JobPreparation() {}

    /**
     * Waits for the experiment's description and its trials topic, creates the output topics and
     * makes the job. What an earlier job published there is removed when the new one starts without
     * state.
     *
     * @throws InterruptedException when the wait is interrupted
     * @throws IllegalArgumentException when the settings do not fit the experiment
     */
    public static AggregatorJob prepare(JobSettings settings, ReplayRange range)
            throws InterruptedException {
        Properties kafka = settings.kafka().clientProperties();
        Experiment experiment = ExperimentReader.await(kafka, settings.experiment());
        AggregatorJob job = AggregatorJob.of(settings, experiment, range);
        ExperimentReader.awaitTrialsTopic(kafka, settings.experiment());
        Set<String> existing = OutputTopics.create(job.plan().topics(), kafka);
        if (!job.restoresState()) {
            StaleOutputs.remove(job.plan().topics(), existing, kafka);
        }
        return job;
    }

    /**
     * Tells readers of a job that was submitted. Its tasks do the same with every attempt, as soon
     * as they have something to say; and they know more, so what they said is not said again.
     *
     * @param stateProxy {@code host:port} of a queryable-state proxy; empty where it is unknown
     */
    public static void announce(AggregatorJob job, JobID id, String stateProxy) {
        Properties kafka = job.settings().kafka().clientProperties();
        if (stateProxy.isEmpty() && isAnnounced(kafka, job, id)) {
            return;
        }
        OutputRecord record =
                JobAnnouncement.of(
                        job.plan(),
                        System.currentTimeMillis(),
                        id.toHexString(),
                        job.name(),
                        stateProxy);
        publish(kafka, record);
        if (stateProxy.isEmpty()) {
            uncover(kafka, job, id);
        }
    }

    /**
     * Says again what a task said while the submitter looked whether one had. Once more until
     * nothing is hidden: tasks speak whenever they want, and theirs must be the last word.
     */
    static void uncover(Properties kafka, AggregatorJob job, JobID id) {
        String topic = job.plan().topics().jobTopic();
        for (Optional<byte[]> hidden = HiddenAnnouncement.find(kafka, topic, id);
                hidden.isPresent();
                hidden = HiddenAnnouncement.find(kafka, topic, id)) {
            publish(kafka, OutputRecord.of(topic, job.plan().output(), hidden.get()));
        }
    }

    private static void publish(Properties kafka, OutputRecord record) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(record.topic(), record.key(), record.value())).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot announce the job in the topic %s: %s"
                            .formatted(record.topic(), e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while announcing the job", e);
        }
    }

    private static boolean isAnnounced(Properties kafka, AggregatorJob job, JobID id) {
        try {
            return CountedExperiment.find(kafka, job.plan().output())
                    .job()
                    .getJobId()
                    .equals(id.toHexString());
        } catch (EstimateUnavailableException e) {
            return false;
        }
    }
}
