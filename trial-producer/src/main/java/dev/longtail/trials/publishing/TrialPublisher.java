package dev.longtail.trials.publishing;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/** Publishes trials, each once and complete, keyed by its id. Safe for use by several threads. */
public final class TrialPublisher implements AutoCloseable {

    private final Properties client;
    private final ExperimentTopics topics;
    private final RecordProducer producer;
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);

    /**
     * @param client properties of the Kafka client
     * @param trainSize n
     * @param testSize n'
     */
    public TrialPublisher(Properties client, ExperimentTopics topics, int trainSize, int testSize) {
        this.client = client;
        this.topics = topics;
        this.producer =
                new RecordProducer(client, ExperimentTopics.maxMessageBytes(trainSize, testSize));
    }

    /**
     * The ids of all trials published so far, by anyone.
     *
     * @throws KafkaFailureException when the topic cannot be read
     */
    public Set<String> publishedIds() {
        Set<String> ids = new HashSet<>();
        new TopicReader(client)
                .forEach(topics.trialsTopic(), record -> ids.add(TopicReader.key(record)));
        return ids;
    }

    /**
     * Hands a trial to Kafka; delivery goes on in the background.
     *
     * @throws KafkaFailureException when this or an earlier trial cannot be delivered
     */
    public void publish(Trial trial) {
        producer.send(topics.trialsTopic(), trial.getId(), codec.encode(trial));
    }

    /**
     * Waits until every trial handed over so far is delivered.
     *
     * @throws KafkaFailureException when a trial cannot be delivered
     */
    public void flush() {
        producer.flush();
    }

    /**
     * Delivers what is under way, then ends.
     *
     * @throws KafkaFailureException when a trial cannot be delivered
     */
    @Override
    public void close() {
        producer.close();
    }
}
