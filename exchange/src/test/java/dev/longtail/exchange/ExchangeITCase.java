package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpzReader;
import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.SamplerKind;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.Trial;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import dev.longtail.testing.TestProducer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpyFile;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands against a real broker. */
class ExchangeITCase {

    @TempDir private static Path brokerDirectory;
    private static TestBroker broker;

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path trials;

    @Command(subcommands = {ImportCommand.class, ExportCommand.class})
    private static final class Program {}

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(brokerDirectory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void copyTrials() throws IOException {
        trials = resource("trials.npz");
    }

    @Test
    void whatIsImportedIsExported() throws IOException {
        run(0, "import", "npz", trials.toString(), "--experiment", "round");
        assertThat(out.toString()).contains("round: 9 trials published, 0 already there");

        Path masks = directory.resolve("masks");
        export(0, "round", "masks", masks);

        assertThat(out.toString()).contains("9 trials counted; 0 duplicates");
        List<String> ids = Files.readAllLines(masks.resolve("trial_ids.txt"));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(idsOf("trials", 9));
        try (NpzFile.Reader imported = NpzFile.read(trials)) {
            assertSameRows(imported.get("mask", 1 << 10), masks.resolve("masks.npy"), ids);
            assertSameRows(
                    imported.get("train_correct", 1 << 10),
                    masks.resolve("train_correct.npy"),
                    ids);
            assertSameRows(
                    imported.get("test_correct", 1 << 10), masks.resolve("test_correct.npy"), ids);
        }
    }

    @Test
    void importsAgainOnlyWhatIsNew() throws IOException {
        run(0, "import", "npz", trials.toString(), "--experiment", "again");

        run(0, "import", "npz", trials.toString(), "--experiment", "again");
        assertThat(out.toString()).contains("again: 0 trials published, 9 already there");

        Path other = Files.copy(trials, directory.resolve("other.npz"));
        run(0, "import", "npz", other.toString(), "--experiment", "again");
        assertThat(out.toString()).contains("again: 9 trials published, 0 already there");
    }

    @Test
    void packedTrialsAreTheSame() throws IOException {
        Path packed = resource("trials_packed.npz");
        run(0, "import", "npz", trials.toString(), "--experiment", "plain", "--id-prefix", "t");
        run(
                0,
                "import",
                "npz",
                packed.toString(),
                "--experiment",
                "packed",
                "--id-prefix",
                "t",
                "--packed",
                "--train-size",
                "21",
                "--test-size",
                "13");

        Path first = directory.resolve("plain.npz");
        Path second = directory.resolve("packed.npz");
        export(0, "plain", "reference", first);
        export(0, "packed", "reference", second);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void repeatsAndPoisonAreCountedButNotExported() throws IOException {
        run(0, "import", "npz", trials.toString(), "--experiment", "poisoned");
        Path before = directory.resolve("before.npz");
        export(0, "poisoned", "reference", before);
        Experiment experiment = ExperimentReader.find(kafka(), "poisoned").orElseThrow();
        assertThat(experiment.getSampler().getKind()).isEqualTo(SamplerKind.FIXED_SIZE);
        assertThat(experiment.getSampler().getSubsetSize()).isEqualTo(14);
        String topic = ExperimentTopics.of("poisoned").trialsTopic();
        byte[] mask = {(byte) 0xff, 0x3f, 0};
        Trial conflicting =
                Trial.newBuilder()
                        .setExperiment("poisoned")
                        .setId("trials-3")
                        .setMask(ByteBuffer.wrap(mask))
                        .setTrainCorrect(ByteBuffer.wrap(new byte[3]))
                        .setTestCorrect(ByteBuffer.wrap(new byte[2]))
                        .build();
        send(topic, "trials-3", RecordCodec.of(Trial.class).encode(conflicting));
        send(topic, "x", "no trial".getBytes(StandardCharsets.UTF_8));

        Path after = directory.resolve("after.npz");
        export(0, "poisoned", "reference", after);

        assertThat(out.toString())
                .contains("9 trials counted; 0 duplicates, 1 conflicting repeats, 1 rejected");
        assertThat(after).hasSameBinaryContentAs(before);
    }

    @Test
    void exportsOfConvergedTrialsSaySo() throws IOException {
        run(0, "import", "npz", trials.toString(), "--experiment", "mixed");
        Trial failed =
                Trial.newBuilder()
                        .setExperiment("mixed")
                        .setId("failed")
                        .setMask(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0x3f, 0}))
                        .setTrainCorrect(ByteBuffer.wrap(new byte[3]))
                        .setTestCorrect(ByteBuffer.wrap(new byte[2]))
                        .setConverged(false)
                        .build();
        send(
                ExperimentTopics.of("mixed").trialsTopic(),
                "failed",
                RecordCodec.of(Trial.class).encode(failed));

        Path all = directory.resolve("all");
        export(0, "mixed", "csv", all);
        assertThat(out.toString())
                .contains("10 trials counted")
                .doesNotContain("converged trials only");
        Path converged = directory.resolve("converged");
        export(0, "mixed", "csv", converged, "--converged-only");

        assertThat(out.toString())
                .contains("9 trials counted", "1 not converged left out")
                .contains("all figures are from converged trials only");
        assertThat(Files.readAllLines(all.resolve("memorization.csv")).get(1))
                .endsWith(",10,false");
        assertThat(Files.readAllLines(converged.resolve("memorization.csv")).get(1))
                .endsWith(",9,true");
    }

    @Test
    void namesOfTheIndexFileAreThePublishedOnes() throws IOException {
        run(0, "import", "npz", trials.toString(), "--experiment", "named");
        Example example =
                Example.newBuilder()
                        .setSplit(Split.TEST)
                        .setIndex(12)
                        .setLabel(3)
                        .setName("n01440764_tench.JPEG")
                        .build();
        send(
                ExperimentTopics.of("named").examplesTopic(),
                ExperimentTopics.exampleKey(Split.TEST, 12),
                RecordCodec.of(Example.class).encode(example));

        Path index = directory.resolve("index.npz");
        export(0, "named", "index", index);

        try (NpzReader npz = new NpzReader(index);
                NpyReader labels = npz.array("tt_labels")) {
            assertThat(labels.nextLongs(13)).containsOnly(-1);
        }
        assertThat(
                        new String(Files.readAllBytes(index), StandardCharsets.ISO_8859_1)
                                .replace("\0", ""))
                .contains("'<U20'")
                .contains("n01440764_tench.JPEG");
    }

    @Test
    void mistakesAreNamedAndLeaveNothingBehind() throws IOException {
        export(1, "missing", "pairs", directory.resolve("pairs.npz"));
        assertThat(err.toString()).contains("there is no experiment 'missing'");

        export(2, "missing", "pairs", trials);
        assertThat(err.toString()).contains("--out: expected a new file");

        run(0, "import", "npz", trials.toString(), "--experiment", "unlabelled");
        export(1, "unlabelled", "per-class", directory.resolve("classes.npz"));
        assertThat(err.toString()).contains("'unlabelled' has no labels");

        export(2, "unlabelled", "parquet", directory.resolve("x"));
        assertThat(err.toString()).contains("expected one of reference, pairs, per-class");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(trials);
        }
    }

    @Test
    void aDamagedFilePublishesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(trials);
        Files.write(trials, Arrays.copyOf(whole, whole.length - 100));

        run(1, "import", "npz", trials.toString(), "--experiment", "damaged");

        assertThat(err.toString()).contains("not a complete .npz archive");
        assertThat(ExperimentReader.find(kafka(), "damaged")).isEmpty();
    }

    private static void assertSameRows(NpyArray expected, Path found, List<String> ids) {
        NpyArray rows = NpyFile.read(found, 1 << 10);
        assertThat(rows.getShape()).isEqualTo(expected.getShape());
        int width = rows.getShape()[1];
        for (int row = 0; row < ids.size(); row++) {
            int original = Integer.parseInt(ids.get(row).replace("trials-", ""));
            assertThat(row(rows, row, width)).isEqualTo(row(expected, original, width));
        }
    }

    private static boolean[] row(NpyArray rows, int row, int width) {
        return Arrays.copyOfRange(rows.asBooleanArray(), row * width, (row + 1) * width);
    }

    private static List<String> idsOf(String prefix, int trials) {
        return IntStream.range(0, trials).mapToObj(k -> prefix + "-" + k).toList();
    }

    private void export(
            int expected, String experiment, String format, Path file, String... options) {
        Stream<String> arguments =
                Stream.of(
                        "export",
                        "--experiment",
                        experiment,
                        "--format",
                        format,
                        "--out",
                        file.toString());
        run(expected, Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
    }

    private void run(int expected, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--bootstrap-servers";
        all[arguments.length + 1] = broker.bootstrapServers();
        int code =
                new CommandLine(new Program())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(all);
        assertThat(code).as("%s: %s", String.join(" ", arguments), err).isEqualTo(expected);
    }

    private Path resource(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = ExchangeITCase.class.getResourceAsStream("importing/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static Properties kafka() {
        return KafkaSettings.of(broker.bootstrapServers()).clientProperties();
    }

    private static void send(String topic, String key, byte[] value) {
        try (TestProducer producer = new TestProducer(kafka())) {
            producer.send(topic, key, value);
        }
    }
}
