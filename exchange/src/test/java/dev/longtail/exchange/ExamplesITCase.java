package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.exchange.counting.TrialSpool;
import dev.longtail.exchange.replaying.ReplayTally;
import dev.longtail.exchange.replaying.TrialReplay;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python programs under {@code examples/}, run where Python has their packages; elsewhere these
 * tests are skipped, and the records that the programs' encoder wrote are tested by the schemas.
 */
class ExamplesITCase {

    @TempDir private static Path brokerDirectory;
    private static TestBroker broker;

    @TempDir private Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        assumeThat(python("-c", "import fastavro, confluent_kafka, numpy").exitCode())
                .as("Python with fastavro, confluent_kafka and numpy")
                .isZero();
        broker = TestBroker.start(brokerDirectory);
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void trialsOfPythonAreCounted() throws Exception {
        Path arrays = directory.resolve("arrays.npz");
        try (InputStream in = ExamplesITCase.class.getResourceAsStream("importing/trials.npz")) {
            Files.copy(in, arrays);
        }

        Finished finished =
                python(
                        example("publish_trials.py"),
                        broker.bootstrapServers(),
                        "python",
                        arrays.toString());

        assertThat(finished.exitCode()).as(finished.output()).isZero();
        Experiment experiment = ExperimentReader.find(kafka(), "python").orElseThrow();
        assertThat(experiment.getTrainSize()).isEqualTo(21);
        try (TrialSpool spool = new TrialSpool(directory, 21, 13)) {
            ReplayTally tally = TrialReplay.read(kafka(), experiment, false, spool, read -> {});

            assertThat(tally).isEqualTo(new ReplayTally(9, 0, 0, 0, 0));
            assertThat(spool.ids()).contains("0", "8");
        }
    }

    @Test
    void estimatesAreReadByPython() throws Exception {
        MemorizationBlock.Builder block =
                MemorizationBlock.newBuilder()
                        .setExperiment("estimated")
                        .setGroup(0)
                        .setGroups(1)
                        .setAttempt(1)
                        .setEmittedAt(Instant.EPOCH)
                        .setExamples(List.of(0, 1, 2))
                        .setIncluded(List.of(7, 7, 10))
                        .setIncludedCorrect(List.of(7, 7, 10))
                        .setExcludedCorrect(List.of(3, 1, 0))
                        .setStandardError(List.of(0.0, 0.25, Double.NaN));
        createTopic(ExperimentTopics.of("estimated").estimatesTopic());
        publish(block.setBlock(1).setTrials(5).setMemorization(List.of(1.0, 1.0, 1.0)).build());
        publish(
                block.setBlock(2)
                        .setTrials(10)
                        .setMemorization(List.of(0.125, 0.75, Double.NaN))
                        .build());

        Finished finished =
                python(example("read_estimates.py"), broker.bootstrapServers(), "estimated");

        assertThat(finished.exitCode()).as(finished.output()).isZero();
        assertThat(finished.output())
                .isEqualToNormalizingNewlines(
                        """
                        train 1: memorization 0.750 ± 0.250 (10 trials)
                        train 0: memorization 0.125 ± 0.000 (10 trials)
                        """);
    }

    private void publish(MemorizationBlock block) {
        String topic = ExperimentTopics.of("estimated").estimatesTopic();
        byte[] key = ExperimentTopics.groupKey(Split.TRAIN, 0).getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(
                    new ProducerRecord<>(
                            topic, key, RecordCodec.of(MemorizationBlock.class).encode(block)));
        }
    }

    private static void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static Properties kafka() {
        return KafkaSettings.of(broker.bootstrapServers()).clientProperties();
    }

    private static String example(String name) {
        return Path.of("..", "examples", name).toString();
    }

    private record Finished(int exitCode, String output) {}

    private static Finished python(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            process = builder.start();
        } catch (IOException e) {
            return new Finished(-1, "there is no python3: " + e.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), output);
    }
}
