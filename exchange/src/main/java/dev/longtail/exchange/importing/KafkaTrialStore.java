package dev.longtail.exchange.importing;

import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.Trial;
import dev.longtail.trials.publishing.ExperimentPublisher;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.TopicSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Publishes as trainers do: the topics, the description, then trials keyed by their ids. */
public final class KafkaTrialStore implements TrialStore {

    private final Properties client;
    private final TopicSettings topicSettings;
    private final Map<String, TrialPublisher> publishers = new LinkedHashMap<>();

    /**
     * @param client properties of Kafka clients
     * @param topicSettings how topics that do not exist are created
     */
    public KafkaTrialStore(Properties client, TopicSettings topicSettings) {
        this.client = client;
        this.topicSettings = topicSettings;
    }

    @Override
    public Optional<Experiment> experiment(String name) {
        Optional<Experiment> found = ExperimentReader.find(client, name);
        found.ifPresent(this::open);
        return found;
    }

    @Override
    public void create(Experiment experiment) {
        ExperimentTopics topics = ExperimentTopics.of(experiment.getName());
        InputTopics.create(
                client, topics, topicSettings, experiment.getTrainSize(), experiment.getTestSize());
        new ExperimentPublisher(client, topics).publish(experiment);
        open(experiment);
    }

    private void open(Experiment experiment) {
        publishers.computeIfAbsent(
                experiment.getName(),
                name ->
                        new TrialPublisher(
                                client,
                                ExperimentTopics.of(name),
                                experiment.getTrainSize(),
                                experiment.getTestSize()));
    }

    @Override
    public Set<String> publishedIds(String experiment) {
        return publishers.get(experiment).publishedIds();
    }

    @Override
    public void publish(Trial trial) {
        publishers.get(trial.getExperiment()).publish(trial);
    }

    @Override
    public void flush() {
        publishers.values().forEach(TrialPublisher::flush);
    }

    @Override
    public void close() {
        publishers.values().forEach(TrialPublisher::close);
    }
}
