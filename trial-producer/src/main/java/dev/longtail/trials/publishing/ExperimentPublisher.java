package dev.longtail.trials.publishing;

import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import dev.longtail.trials.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what an experiment is before its first trial: the examples with their pictures, then the
 * description, so that whoever finds the description finds all examples. The first description of
 * an experiment stays for ever; a worker with other data or settings is refused.
 */
public final class ExperimentPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentPublisher.class);

    private final Properties client;
    private final ExperimentTopics topics;
    private final RecordCodec<Experiment> codec = RecordCodec.of(Experiment.class);

    /**
     * @param client properties of the Kafka client
     */
    public ExperimentPublisher(Properties client, ExperimentTopics topics) {
        this.client = client;
        this.topics = topics;
    }

    /**
     * Publishes the experiment where it is new, and checks it where it is not. The topics must
     * exist.
     *
     * @throws ExperimentMismatchException when the experiment was described otherwise before
     * @throws KafkaFailureException when Kafka fails
     */
    public void publish(Experiment experiment, Dataset dataset) {
        publish(experiment, () -> Examples.of(dataset));
    }

    /**
     * Publishes an experiment whose examples are not at hand, likewise.
     *
     * @throws ExperimentMismatchException when the experiment was described otherwise before
     * @throws KafkaFailureException when Kafka fails
     */
    public void publish(Experiment experiment) {
        publish(experiment, Stream::empty);
    }

    /**
     * Publishes an experiment with examples from anywhere, likewise.
     *
     * @param examples asked for only where the experiment is new
     * @throws ExperimentMismatchException when the experiment was described otherwise before
     * @throws KafkaFailureException when Kafka fails
     */
    public void publish(Experiment experiment, Supplier<Stream<Example>> examples) {
        Optional<byte[]> published = firstDescription();
        if (published.isPresent()) {
            ExperimentMismatchException.check(decode(published.get()), experiment);
            return;
        }
        LOG.info(
                "describing experiment '{}': {} training and {} test examples",
                experiment.getName(),
                experiment.getTrainSize(),
                experiment.getTestSize());
        int largest =
                ExperimentTopics.maxMessageBytes(
                        experiment.getTrainSize(), experiment.getTestSize());
        try (RecordProducer producer = new RecordProducer(client, largest)) {
            RecordCodec<Example> exampleCodec = RecordCodec.of(Example.class);
            examples.get()
                    .forEach(
                            example ->
                                    producer.send(
                                            topics.examplesTopic(),
                                            ExperimentTopics.exampleKey(
                                                    example.getSplit(), example.getIndex()),
                                            exampleCodec.encode(example)));
            producer.flush();
            producer.send(topics.experimentTopic(), topics.experiment(), codec.encode(experiment));
            producer.flush();
            // Another worker may have described the experiment meanwhile: the first one counts.
            byte[] first = firstDescription().orElseThrow();
            try {
                ExperimentMismatchException.check(decode(first), experiment);
            } catch (ExperimentMismatchException e) {
                producer.send(topics.experimentTopic(), topics.experiment(), first);
                throw e;
            }
        }
    }

    private Optional<byte[]> firstDescription() {
        List<byte[]> descriptions = new ArrayList<>();
        new TopicReader(client)
                .forEach(
                        topics.experimentTopic(),
                        (ConsumerRecord<byte[], byte[]> record) -> {
                            if (TopicReader.key(record).equals(topics.experiment())
                                    && record.value() != null) {
                                descriptions.add(record.value());
                            }
                        });
        return descriptions.stream().findFirst();
    }

    private Experiment decode(byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new KafkaFailureException(
                    "topic %s holds a description of '%s' that cannot be read"
                            .formatted(topics.experimentTopic(), topics.experiment()),
                    e);
        }
    }
}
