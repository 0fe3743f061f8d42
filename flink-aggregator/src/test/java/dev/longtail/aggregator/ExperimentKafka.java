package dev.longtail.aggregator;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.schemas.UndecodableRecordException;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestProducer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** An experiment's topics as a trainer writes them and a reader reads them. */
public final class ExperimentKafka implements AutoCloseable {

    private final Properties properties = new Properties();
    private final TestProducer producer;
    private final RecordCodec<Trial> trials = RecordCodec.of(Trial.class);

    public ExperimentKafka(String bootstrapServers) {
        this(KafkaSettings.of(bootstrapServers).clientProperties());
    }

    public ExperimentKafka(Properties client) {
        properties.putAll(client);
        producer = new TestProducer(properties);
    }

    public Properties properties() {
        return properties;
    }

    public void describe(Experiment experiment, int partitions) throws Exception {
        ExperimentTopics topics = ExperimentTopics.of(experiment.getName());
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(topics.experimentTopic(), 1, (short) 1)
                                            .configs(Map.of("cleanup.policy", "compact")),
                                    new NewTopic(topics.trialsTopic(), partitions, (short) 1)))
                    .all()
                    .get();
        }
        send(
                topics.experimentTopic(),
                null,
                experiment.getName(),
                RecordCodec.of(Experiment.class).encode(experiment));
        flush();
    }

    /** Deletes every topic of an experiment. */
    public void delete(String experiment) throws Exception {
        try (Admin admin = Admin.create(properties)) {
            List<String> topics =
                    admin.listTopics().names().get().stream()
                            .filter(topic -> topic.startsWith(experiment + "."))
                            .toList();
            admin.deleteTopics(topics).all().get();
        }
    }

    public void send(Trial trial) {
        send(
                ExperimentTopics.of(trial.getExperiment()).trialsTopic(),
                null,
                trial.getId(),
                trials.encode(trial));
    }

    public void send(String topic, Integer partition, String key, byte[] value) {
        producer.send(topic, partition, key, value);
    }

    public void flush() {
        producer.flush();
    }

    /** The newest value per key. */
    public <T extends SpecificRecordBase> Map<String, T> newest(String topic, Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type);
        Map<String, T> decoded = new LinkedHashMap<>();
        CompactedTopic.newestByKey(properties, topic)
                .forEach((key, value) -> decoded.put(key, decode(codec, value)));
        return decoded;
    }

    /** All values in order. */
    public <T extends SpecificRecordBase> List<T> all(String topic, Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type);
        List<T> decoded = new ArrayList<>();
        CompactedTopic.forEach(
                properties, topic, (key, record) -> decoded.add(decode(codec, record.value())));
        return decoded;
    }

    /** The last convergence record of an output. */
    public Optional<Convergence> convergence(String output) {
        return Optional.ofNullable(
                newest(ExperimentTopics.of(output).convergenceTopic(), Convergence.class)
                        .values()
                        .stream()
                        .reduce(null, (first, second) -> second));
    }

    private static <T extends SpecificRecordBase> T decode(RecordCodec<T> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
