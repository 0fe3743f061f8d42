package dev.longtail.exchange.replaying;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.exchange.exporting.ExportInput.ExampleNames;
import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Names of the examples from the experiment's topic; pictures are read over and not kept. */
public final class PublishedNames implements ExampleNames {

    private final Properties kafka;
    private final Experiment experiment;
    private final RecordCodec<Example> codec = RecordCodec.of(Example.class);
    private String[] train;
    private String[] test;

    /**
     * @param kafka properties of Kafka clients
     */
    public PublishedNames(Properties kafka, Experiment experiment) {
        this.kafka = kafka;
        this.experiment = experiment;
    }

    @Override
    public List<String> train() {
        read();
        return List.of(train);
    }

    @Override
    public List<String> test() {
        read();
        return List.of(test);
    }

    private void read() {
        if (train != null) {
            return;
        }
        String[] trainNames = new String[experiment.getTrainSize()];
        String[] testNames = new String[experiment.getTestSize()];
        Arrays.fill(trainNames, "");
        Arrays.fill(testNames, "");
        String topic = ExperimentTopics.of(experiment.getName()).examplesTopic();
        CompactedTopic.forEach(
                kafka,
                topic,
                (key, record) -> {
                    Example example = decode(record);
                    String[] names = example.getSplit() == Split.TRAIN ? trainNames : testNames;
                    if (example.getIndex() >= 0 && example.getIndex() < names.length) {
                        names[example.getIndex()] = example.getName();
                    }
                });
        train = trainNames;
        test = testNames;
    }

    private Example decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "topic %s, partition %d, offset %d: %s"
                            .formatted(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    e.getMessage()),
                    e);
        }
    }
}
