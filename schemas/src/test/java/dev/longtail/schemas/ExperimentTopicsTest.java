package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTopicsTest {

    private static final int KAFKA_TOPIC_NAME_LIMIT = 249;

    @Test
    void inputsCarryTheExperimentsNameAndOutputsTheJobsPrefix() {
        ExperimentTopics topics = new ExperimentTopics("mnist", "mnist-replay");

        assertThat(topics.inputTopics())
                .containsExactly("mnist.experiment", "mnist.examples", "mnist.trials");
        assertThat(topics.outputTopics())
                .containsExactly(
                        "mnist-replay.estimates",
                        "mnist-replay.history",
                        "mnist-replay.pairs",
                        "mnist-replay.convergence",
                        "mnist-replay.rejected",
                        "mnist-replay.job");
        assertThat(ExperimentTopics.of("mnist").pairsTopic()).isEqualTo("mnist.pairs");
    }

    @Test
    void keysNameWhatTheValueSpeaksFor() {
        assertThat(ExperimentTopics.exampleKey(Split.TRAIN, 17)).isEqualTo("train/17");
        assertThat(ExperimentTopics.exampleKey(Split.TEST, 0)).isEqualTo("test/0");
        assertThat(ExperimentTopics.groupKey(Split.TRAIN, 5)).isEqualTo("train-group/5");
        assertThat(ExperimentTopics.groupKey(Split.TEST, 5)).isEqualTo("test-group/5");
        assertThat(ExperimentTopics.historyKey(5, 1024)).isEqualTo("train-group/5/1024");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Mnist", ".mnist", "-a", "a/b", "a b", "é", "a\n"})
    void refusesNamesThatAreNoTopicPrefix(String name) {
        assertThatThrownBy(() -> ExperimentTopics.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a name that matches")
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void longestNameStaysWithinKafkasLimit() {
        ExperimentTopics topics = ExperimentTopics.of("a".repeat(100));

        assertThat(topics.outputTopics())
                .allSatisfy(name -> assertThat(name.length()).isLessThan(KAFKA_TOPIC_NAME_LIMIT));
        assertThatThrownBy(() -> ExperimentTopics.of("a".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1048576",
        "50000, 10000, 1048576",
        "1281167, 50000, 6917979",
        "2147483647, 2147483647, 2147483647"
    })
    void messagesMayBeAsLargeAsTheLargestRecord(int trainSize, int testSize, int expected) {
        assertThat(ExperimentTopics.maxMessageBytes(trainSize, testSize)).isEqualTo(expected);
    }

    /** Labels of up to 7 bits take one byte of Avro, of up to 14 two, of up to 20 three. */
    @Test
    void everyRecordOfAnImageNetSizedExperimentFits() {
        int trainSize = 1_281_167;
        int testSize = 50_000;
        byte[] trainBits = new byte[PackedBits.byteLength(trainSize)];
        byte[] testBits = new byte[PackedBits.byteLength(testSize)];
        Trial trial =
                Trial.newBuilder()
                        .setExperiment("imagenet")
                        .setId("0")
                        .setMask(ByteBuffer.wrap(trainBits))
                        .setTrainCorrect(ByteBuffer.wrap(trainBits))
                        .setTestCorrect(ByteBuffer.wrap(testBits))
                        .build();
        Experiment experiment =
                Experiment.newBuilder()
                        .setName("imagenet")
                        .setCreatedAt(Instant.EPOCH)
                        .setTrainSize(trainSize)
                        .setTestSize(testSize)
                        .setSampler(Sampler.newBuilder().setKind(SamplerKind.ARBITRARY).build())
                        .setTrainLabels(Collections.nCopies(trainSize, 999))
                        .setTestLabels(Collections.nCopies(testSize, 999))
                        .setDataFingerprint("")
                        .build();
        int limit = ExperimentTopics.maxMessageBytes(trainSize, testSize);

        assertThat(RecordCodec.of(Trial.class).encode(trial).length).isLessThan(limit);
        assertThat(RecordCodec.of(Experiment.class).encode(experiment).length).isLessThan(limit);
    }
}
