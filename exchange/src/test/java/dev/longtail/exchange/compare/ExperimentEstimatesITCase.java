package dev.longtail.exchange.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.testing.TestBroker;
import dev.longtail.testing.TestProducer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a job's topics, out of a real broker. */
class ExperimentEstimatesITCase {

    @TempDir private static Path directory;
    private static TestBroker broker;
    private static Properties kafka;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(directory);
        kafka = new Properties();
        kafka.setProperty("bootstrap.servers", broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void putsTheNewestValuesOfAllGroupsTogether() throws Exception {
        ExperimentTopics topics = created("two-groups");
        send(topics.estimatesTopic(), "train-group/0", memorization(100, List.of(0, 2), 0.1, 0.2));
        send(topics.estimatesTopic(), "train-group/0", memorization(200, List.of(0, 2), 0.9, 0.5));
        send(topics.estimatesTopic(), "train-group/1", memorization(200, List.of(3), Double.NaN));
        send(topics.pairsTopic(), "train-group/0", pairs(Split.TRAIN, 0, pair(2, 7, 0.4)));
        send(topics.pairsTopic(), "train-group/1", pairs(Split.TRAIN, 0));
        send(topics.pairsTopic(), "test-group/0", pairs(Split.TEST, 0, pair(0, 7, 0.1)));

        ComparedEstimates read = new ExperimentEstimates(kafka, topics).read();

        assertThat(read.origin()).isEqualTo("experiment two-groups, 200 trials");
        assertThat(read.memorization().orElseThrow())
                .containsExactly(0.9, Double.NaN, 0.5, Double.NaN);
        assertThat(read.meanStandardError()).isCloseTo(0.02, within(1e-15));
        var list = read.pairs().orElseThrow();
        assertThat(list.listed().train()).containsExactly(2);
        assertThat(list.listed().test()).containsExactly(7);
        assertThat(list.influenceThreshold()).isEqualTo(0.15);
    }

    @Test
    void saysWhenTrialsAreLeftOutByTheirOutcome() throws Exception {
        ExperimentTopics topics = created("converged");
        MemorizationBlock block = memorization(90, List.of(0), 0.5);
        block.setConvergedOnly(true);
        send(topics.estimatesTopic(), "train-group/0", block);

        ComparedEstimates read = new ExperimentEstimates(kafka, topics).read();

        assertThat(read.origin())
                .isEqualTo("experiment converged, 90 trials, converged trials only");
    }

    @Test
    void saysWhenTheListsAreCutShort() throws Exception {
        ExperimentTopics topics = created("too-many");
        send(topics.estimatesTopic(), "train-group/0", memorization(9, List.of(0), 0.5));
        send(topics.pairsTopic(), "train-group/0", pairs(Split.TRAIN, 12, pair(0, 1, 0.4)));

        ComparedEstimates read = new ExperimentEstimates(kafka, topics).read();

        assertThat(read.pairs()).isEmpty();
        assertThat(read.origin()).contains("12 pairs are left out");
    }

    @Test
    void refusesAnExperimentWithoutEstimates() {
        ExperimentEstimates estimates =
                new ExperimentEstimates(kafka, ExperimentTopics.of("unknown"));

        assertThatThrownBy(estimates::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown.estimates holds no estimates");
    }

    private static MemorizationBlock memorization(
            long trials, List<Integer> examples, Double... values) {
        List<Integer> zeros = examples.stream().map(example -> 0).toList();
        return MemorizationBlock.newBuilder()
                .setExperiment("e")
                .setGroup(0)
                .setGroups(2)
                .setBlock(1)
                .setAttempt(1)
                .setEmittedAt(Instant.EPOCH)
                .setTrials(trials)
                .setExamples(examples)
                .setIncluded(zeros)
                .setIncludedCorrect(zeros)
                .setExcludedCorrect(zeros)
                .setMemorization(List.of(values))
                .setStandardError(
                        List.of(values).stream()
                                .map(value -> value.isNaN() ? Double.NaN : 0.02)
                                .toList())
                .build();
    }

    private static PairBlock pairs(Split side, long truncated, InfluencePair... pairs) {
        boolean train = side == Split.TRAIN;
        return PairBlock.newBuilder()
                .setExperiment("e")
                .setSide(side)
                .setGroup(0)
                .setGroups(2)
                .setBlock(1)
                .setAttempt(1)
                .setEmittedAt(Instant.EPOCH)
                .setTrials(200)
                .setExamples(List.of())
                .setMemorizationThreshold(train ? 0.25 : null)
                .setInfluenceThreshold(train ? 0.15 : null)
                .setTop(train ? null : 20)
                .setTruncated(truncated)
                .setPairs(List.of(pairs))
                .build();
    }

    private static InfluencePair pair(int train, int test, double influence) {
        return InfluencePair.newBuilder()
                .setTrain(train)
                .setTest(test)
                .setIncluded(140)
                .setIncludedCorrect(100)
                .setCorrect(110)
                .setInfluence(influence)
                .setStandardError(0.03)
                .setMemorization(0.5)
                .build();
    }

    private static ExperimentTopics created(String experiment) throws Exception {
        ExperimentTopics topics = ExperimentTopics.of(experiment);
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(topics.estimatesTopic(), 2, (short) 1),
                                    new NewTopic(topics.pairsTopic(), 2, (short) 1)))
                    .all()
                    .get();
        }
        return topics;
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecordBase> void send(String topic, String key, T value)
            throws Exception {
        RecordCodec<T> codec = RecordCodec.of((Class<T>) value.getClass());
        try (TestProducer producer = new TestProducer(kafka)) {
            producer.send(topic, key, codec.encode(value));
        }
    }
}
