package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TrainCommandITCase {

    @TempDir static Path dir;
    private static TestBroker broker;

    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(dir);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void describesTheExperimentAndPublishesEveryTrialOnce() throws Exception {
        assertThat(train("once", "--trials", "3", "--worker", "0/2")).isZero();
        assertThat(train("once", "--trials", "3", "--worker", "1/2")).isZero();
        assertThat(train("once", "--trials", "4", "--threads", "2")).isZero();

        ExperimentTopics topics = ExperimentTopics.of("once");
        List<Experiment> descriptions = read(topics.experimentTopic(), Experiment.class);
        assertThat(descriptions).hasSize(1);
        Experiment experiment = descriptions.get(0);
        assertThat(experiment.getSampler().getSubsetSize()).isEqualTo(1400);
        assertThat(experiment.getTrainLabels()).hasSize(experiment.getTrainSize());
        assertThat(experiment.getGroundTruth().getNearDuplicates()).hasSize(50);

        List<Example> examples = read(topics.examplesTopic(), Example.class);
        assertThat(examples).hasSize(experiment.getTrainSize() + experiment.getTestSize());
        assertThat(examples)
                .allSatisfy(e -> assertThat(e.getPicture().remaining()).isBetween(50, 16 * 1024));

        List<Trial> trials = read(topics.trialsTopic(), Trial.class);
        assertThat(trials).extracting(Trial::getId).containsExactlyInAnyOrder("0", "1", "2", "3");
        assertThat(trials)
                .allSatisfy(
                        trial -> {
                            byte[] mask = bytes(trial.getMask());
                            PackedBits.requireLayout(mask, experiment.getTrainSize());
                            assertThat(PackedBits.count(mask)).isEqualTo(1400);
                            PackedBits.requireLayout(
                                    bytes(trial.getTestCorrect()), experiment.getTestSize());
                            assertThat(trial.getIncludedAccuracy())
                                    .isGreaterThan(trial.getHeldOutAccuracy());
                        });
    }

    /** Alone, or by three workers of two threads: whole networks, and heads trained together. */
    @ParameterizedTest
    @ValueSource(strings = {"whole", "heads"})
    void vectorsAreTheSameOverWorkersAndThreads(String kind) throws Exception {
        String[] model = {"--model", "mlp"};
        if (kind.equals("heads")) {
            Path body = dir.resolve("body");
            assertThat(
                            new CommandLine(new TrainBodyCommand())
                                    .execute(
                                            "--model=mlp",
                                            "--hidden=8",
                                            "--epochs=2",
                                            "--output=" + body))
                    .isZero();
            model = new String[] {"--transfer", body.toString()};
        }
        int trials = 40;
        assertThat(train(kind + "-alone", with(model, "--trials", "" + trials))).isZero();
        for (int worker = 0; worker < 3; worker++) {
            String share = worker + "/3";
            assertThat(
                            train(
                                    kind + "-shared",
                                    with(
                                            model,
                                            "--trials",
                                            "" + trials,
                                            "--worker",
                                            share,
                                            "--threads",
                                            "2")))
                    .isZero();
        }
        Map<String, Trial> alone = byId(kind + "-alone");
        Map<String, Trial> shared = byId(kind + "-shared");
        assertThat(shared).hasSize(trials).hasSameSizeAs(alone);
        shared.forEach(
                (id, trial) -> {
                    Trial expected = alone.get(id);
                    assertThat(trial.getMask()).as(id).isEqualTo(expected.getMask());
                    assertThat(trial.getTrainCorrect())
                            .as(id)
                            .isEqualTo(expected.getTrainCorrect());
                    assertThat(trial.getTestCorrect()).as(id).isEqualTo(expected.getTestCorrect());
                    assertThat(trial.getLoss()).as(id).isEqualTo(expected.getLoss());
                });
    }

    private static String[] with(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static Map<String, Trial> byId(String experiment) throws Exception {
        Map<String, Trial> trials = new HashMap<>();
        for (Trial trial : read(ExperimentTopics.of(experiment).trialsTopic(), Trial.class)) {
            assertThat(trials.put(trial.getId(), trial)).isNull();
        }
        return trials;
    }

    @Test
    void keepsTrialsForEverAndCompactsTheRest() throws Exception {
        assertThat(train("topics", "--trials", "1", "--partitions", "3")).isZero();
        ExperimentTopics topics = ExperimentTopics.of("topics");
        try (Admin admin = Admin.create(client())) {
            Map<String, String> trials = config(admin, topics.trialsTopic());
            assertThat(trials).containsEntry("retention.ms", "-1");
            assertThat(trials).containsEntry("cleanup.policy", "delete");
            assertThat(config(admin, topics.examplesTopic()))
                    .containsEntry("cleanup.policy", "compact");
            assertThat(
                            admin.describeTopics(List.of(topics.trialsTopic()))
                                    .allTopicNames()
                                    .get(30, TimeUnit.SECONDS)
                                    .get(topics.trialsTopic())
                                    .partitions())
                    .hasSize(3);
        }
    }

    @Test
    void refusesAWorkerWithOtherSettings() throws Exception {
        assertThat(train("mismatch", "--trials", "1")).isZero();
        assertThat(train("mismatch", "--trials", "2", "--hidden", "7")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("experiment 'mismatch' exists with another model")
                .contains("mlp 256-8-10")
                .contains("mlp 256-7-10");
        assertThat(train("mismatch", "--trials", "2", "--learning-rate", "0.01")).isEqualTo(2);
        assertThat(train("mismatch", "--trials", "2", "--subset-ratio", "0.5")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("sampler: it has fixed size 1400, this worker has fixed size 1000");
        assertThat(read(ExperimentTopics.of("mismatch").trialsTopic(), Trial.class)).hasSize(1);
    }

    @Test
    void flagsTrialsThatDidNotConverge() throws Exception {
        assertThat(train("flagged", "--trials", "2", "--min-train-accuracy", "0.99")).isZero();
        assertThat(train("unflagged", "--trials", "2", "--min-train-accuracy", "0.1")).isZero();
        assertThat(byId("flagged").values())
                .hasSize(2)
                .allSatisfy(
                        trial -> {
                            assertThat(trial.getIncludedAccuracy()).isLessThan(0.99);
                            assertThat(trial.getConverged()).isFalse();
                        });
        assertThat(byId("unflagged").values())
                .hasSize(2)
                .allSatisfy(trial -> assertThat(trial.getConverged()).isTrue());
    }

    @Test
    void excludesAndRelabelsInEveryTrial() throws Exception {
        Path exclude = Files.writeString(dir.resolve("exclude.txt"), "3\n17\n1999\n");
        Path relabel = Files.writeString(dir.resolve("relabel.txt"), "5,9\n6,0\n");
        String[] study = {"--exclude", exclude.toString(), "--relabel", relabel.toString()};
        assertThat(train("study", with(study, "--trials", "5"))).isZero();
        Experiment experiment =
                read(ExperimentTopics.of("study").experimentTopic(), Experiment.class).get(0);
        assertThat(experiment.getTrainLabels()).hasSize(2000).element(5).isEqualTo(9);
        assertThat(experiment.getTrainLabels().get(6)).isZero();
        assertThat(experiment.getGroundTruth()).isNull();
        assertThat(experiment.getSampler().getSubsetSize()).isEqualTo(1398);
        for (Trial trial : byId("study").values()) {
            byte[] mask = bytes(trial.getMask());
            assertThat(PackedBits.count(mask)).isEqualTo(1398);
            boolean[] included = PackedBits.unpack(mask, 2000);
            assertThat(included[3] || included[17] || included[1999]).isFalse();
        }
        assertThat(train("study", with(study, "--trials", "6", "--seed", "2"))).isEqualTo(2);
        assertThat(train("study", "--trials", "6")).isEqualTo(2);
        assertThat(errors.toString()).contains("experiment 'study' exists with another");
    }

    /** Nothing is said about the experiment, so that a better export may take its name. */
    @Test
    void refusesABadModelBeforeItDescribesTheExperiment() throws Exception {
        Path model = Files.createDirectories(dir.resolve("bad-model"));
        Files.writeString(model.resolve("saved_model.pb"), "nonsense");
        assertThat(train("bad-model", "--trials", "2", "--model", model.toString())).isEqualTo(2);
        assertThat(errors.toString())
                .contains("longtail train: cannot load a SavedModel from " + model);
        assertThat(read(ExperimentTopics.of("bad-model").experimentTopic(), Experiment.class))
                .isEmpty();
        assertThat(train("bad-model", "--trials", "2")).isZero();
    }

    @Test
    void tellsWrongUsageFromFailure() {
        assertThat(train("Bad Name")).isEqualTo(2);
        assertThat(train("usage", "--worker", "2/2")).isEqualTo(2);
        assertThat(train("usage", "--trials", "5..3")).isEqualTo(2);
        assertThat(train("usage", "--subset-ratio", "1.5")).isEqualTo(2);
        assertThat(train("usage", "--data", dir.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(errors.toString())
                .contains("expected a directory or an .npz file, found nothing")
                .contains("nowhere");
    }

    private int train(String experiment, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--experiment",
                                experiment,
                                "--replication-factor",
                                "1",
                                "--epochs",
                                "2"));
        if (!List.of(more).contains("--hidden")) {
            arguments.addAll(List.of("--hidden", "8"));
        }
        arguments.addAll(List.of(more));
        CommandLine command = new CommandLine(new TrainCommand());
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments.toArray(String[]::new));
    }

    private static Properties client() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        return properties;
    }

    private static <T extends SpecificRecordBase> List<T> read(String topic, Class<T> type)
            throws Exception {
        RecordCodec<T> codec = RecordCodec.of(type);
        List<T> records = new ArrayList<>();
        for (byte[] value : TopicContents.values(client(), topic)) {
            records.add(codec.decode(value));
        }
        return records;
    }

    private static Map<String, String> config(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> config = new HashMap<>();
        admin.describeConfigs(List.of(resource))
                .all()
                .get(30, TimeUnit.SECONDS)
                .get(resource)
                .entries()
                .forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }

    private static byte[] bytes(java.nio.ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
