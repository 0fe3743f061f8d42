package dev.longtail.dashboard.topics;

import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows what an experiment is: its description and its examples. Shared by all its outputs. */
final class ExperimentFollower implements AutoCloseable {

    private static final RecordCodec<Experiment> CODEC = RecordCodec.of(Experiment.class);

    private final ExampleStore examples;
    private final TopicFollower follower;
    private volatile ExperimentDescription description;

    ExperimentFollower(
            String experiment, Properties kafka, RecordReader reader, long pictureCacheBytes) {
        ExperimentTopics topics = ExperimentTopics.of(experiment);
        this.examples = new ExampleStore(topics, reader, pictureCacheBytes);
        this.follower =
                new TopicFollower(
                        experiment + "-examples",
                        kafka,
                        Map.of(
                                topics.experimentTopic(),
                                TopicFollower.Followed.whole(this::describe),
                                topics.examplesTopic(),
                                TopicFollower.Followed.whole(examples::accept)),
                        () -> {},
                        () -> {});
        follower.start();
    }

    /** What the experiment is; empty until its description has been read. */
    Optional<ExperimentDescription> description() {
        return Optional.ofNullable(description);
    }

    ExampleStore examples() {
        return examples;
    }

    @Override
    public void close() {
        follower.close();
    }

    private void describe(ConsumerRecord<byte[], byte[]> message)
            throws UndecodableRecordException {
        description = ExperimentDescription.of(CODEC.decode(message.value()));
    }
}
