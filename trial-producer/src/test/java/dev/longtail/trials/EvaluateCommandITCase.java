package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.testing.TestBroker;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.NpyBytes;
import dev.longtail.trials.data.generated.LongTailDigits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandITCase {

    @TempDir static Path dir;
    private static TestBroker broker;
    private static Path saved;

    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void trainThreeModels() {
        broker = TestBroker.start(dir);
        saved = dir.resolve("saved");
        assertThat(train("original", saved)).isZero();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** On the very same test examples, saved models must say what they said when trained. */
    @Test
    void savedModelsAnswerAsTheyDidWhenTrained() throws Exception {
        Dataset digits = LongTailDigits.DEFAULT.draw();
        Path same = dir.resolve("same.npz");
        write(same, digits.train(), digits.test(), digits.test().size());
        assertThat(evaluate("same", same)).as(errors.toString()).isZero();
        Map<String, Trial> before = trials("original");
        Map<String, Trial> after = trials("same");
        assertThat(after.keySet()).containsExactlyInAnyOrder("0", "1", "2");
        after.forEach(
                (id, trial) -> {
                    assertThat(trial.getTestCorrect()).isEqualTo(before.get(id).getTestCorrect());
                    assertThat(trial.getMask()).isEqualTo(before.get(id).getMask());
                    assertThat(trial.getTrainCorrect()).isEqualTo(before.get(id).getTrainCorrect());
                    assertThat(trial.getExperiment()).isEqualTo("same");
                });
    }

    @Test
    void makesAnExperimentOnOtherTestExamplesAndSkipsWhatIsPublished() throws Exception {
        Dataset digits = LongTailDigits.DEFAULT.draw();
        Path other = dir.resolve("other.npz");
        write(other, digits.test(), digits.train(), 70);
        assertThat(evaluate("other", other)).as(errors.toString()).isZero();
        assertThat(evaluate("other", other)).isZero();
        ExperimentTopics topics = ExperimentTopics.of("other");
        assertThat(read(topics.trialsTopic(), Trial.class)).hasSize(3);
        Experiment experiment = read(topics.experimentTopic(), Experiment.class).get(0);
        assertThat(experiment.getTrainSize()).isEqualTo(2000);
        assertThat(experiment.getTestSize()).isEqualTo(70);
        assertThat(experiment.getGroundTruth()).isNull();
        assertThat(read(topics.examplesTopic(), Example.class)).hasSize(2070);
        // The models were trained on most of these examples.
        assertThat(trials("other").values())
                .allSatisfy(trial -> assertThat(trial.getTestAccuracy()).isGreaterThan(0.8));
    }

    @Test
    void trainsAgainWhatIsPublishedButNotSaved() throws Exception {
        Path second = dir.resolve("second");
        assertThat(train("original", second)).isZero();
        assertThat(read(ExperimentTopics.of("original").trialsTopic(), Trial.class)).hasSize(3);
        try (Stream<Path> files = Files.list(second.resolve("trials"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "0.npz", "0.record", "1.npz", "1.record", "2.npz", "2.record");
        }
    }

    @Test
    void refusesADirectoryWithoutTrials() throws Exception {
        Path empty = Files.createDirectories(dir.resolve("empty"));
        Path data = dir.resolve("any.npz");
        Dataset digits = LongTailDigits.DEFAULT.draw();
        write(data, digits.test(), digits.test(), 10);
        assertThat(
                        execute(
                                new EvaluateCommand(),
                                empty.toString(),
                                "--data",
                                data.toString(),
                                "--experiment",
                                "none"))
                .isEqualTo(1);
        assertThat(errors.toString())
                .contains("expected trials that 'longtail train --save-models' saved");
    }

    private static int train(String experiment, Path directory) {
        return new CommandLine(new TrainCommand())
                .execute(
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--replication-factor",
                        "1",
                        "--experiment",
                        experiment,
                        "--trials",
                        "3",
                        "--save-models",
                        directory.toString());
    }

    private int evaluate(String experiment, Path data) {
        return execute(
                new EvaluateCommand(),
                saved.toString(),
                "--data",
                data.toString(),
                "--experiment",
                experiment);
    }

    private int execute(Callable<Integer> command, String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--replication-factor",
                                "1"));
        all.addAll(List.of(arguments));
        CommandLine line = new CommandLine(command);
        line.setErr(new PrintWriter(errors, true));
        return line.execute(all.toArray(String[]::new));
    }

    private static void write(Path file, ExampleSet train, ExampleSet test, int tests)
            throws IOException {
        NpyBytes.write(
                file,
                Map.of(
                        "x_train",
                        NpyBytes.array(
                                "(%d, 16, 16)".formatted(train.size()), bytes(train, train.size())),
                        "y_train",
                        labels(train, train.size()),
                        "x_test",
                        NpyBytes.array("(%d, 16, 16)".formatted(tests), bytes(test, tests)),
                        "y_test",
                        labels(test, tests)));
    }

    private static byte[] labels(ExampleSet examples, int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) examples.labels()[i];
        }
        return NpyBytes.array("(%d,)".formatted(count), labels);
    }

    private static byte[] bytes(ExampleSet examples, int count) {
        byte[] bytes = new byte[count * 256];
        float[] values = new float[256];
        for (int i = 0; i < count; i++) {
            examples.images().copyTo(i, values, 0);
            for (int k = 0; k < 256; k++) {
                bytes[i * 256 + k] = (byte) Math.round(values[k] * 255);
            }
        }
        return bytes;
    }

    private static Map<String, Trial> trials(String experiment) throws Exception {
        Map<String, Trial> trials = new HashMap<>();
        for (Trial trial : read(ExperimentTopics.of(experiment).trialsTopic(), Trial.class)) {
            trials.put(trial.getId(), trial);
        }
        return trials;
    }

    private static <T extends SpecificRecordBase> List<T> read(String topic, Class<T> type)
            throws Exception {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", broker.bootstrapServers());
        RecordCodec<T> codec = RecordCodec.of(type);
        List<T> records = new ArrayList<>();
        for (byte[] value : TopicContents.values(client, topic)) {
            records.add(codec.decode(value));
        }
        return records;
    }
}
