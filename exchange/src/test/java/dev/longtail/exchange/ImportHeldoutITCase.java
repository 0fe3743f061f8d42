package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.exchange.exporting.PlainTrials;
import dev.longtail.exchange.importing.HeldoutFiles;
import dev.longtail.exchange.replaying.TopicSize;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.SamplerKind;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Released runs, imported by the command into a real broker and counted by the real job. */
class ImportHeldoutITCase {

    private static final double BYTES_PER_SECOND = 200;

    @TempDir private static Path shared;
    private static TestBroker broker;
    private static CountingJobs jobs;

    @TempDir private Path directory;
    private ExchangeProgram program;

    @BeforeAll
    static void start() {
        broker = TestBroker.start(shared);
        jobs = new CountingJobs(shared, broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        jobs.close();
        broker.close();
    }

    @BeforeEach
    void createProgram() {
        program = new ExchangeProgram(broker.bootstrapServers());
    }

    @Test
    void severalRatiosBecomeExperimentsThatAreCountedAsTheFormulaSays() throws Exception {
        PlainTrials half = PlainTrials.ofSubsetSize(1, 80, 45, 30, 22);
        PlainTrials most = PlainTrials.ofSubsetSize(2, 130, 45, 30, 31);
        Path released = directory.resolve("Mini CIFAR");
        HeldoutFiles.write(released.resolve("0.5"), half);
        HeldoutFiles.write(released.resolve("0.7"), most);

        program.run(0, "import", "heldout", released.toString());

        assertThat(program.out())
                .contains("mini-cifar-0.5: 80 trials published, 0 already there, 0 skipped")
                .contains("mini-cifar-0.7: 130 trials published, 0 already there, 0 skipped");
        jobs.start("mini-cifar-0.5");
        jobs.awaitTrials("mini-cifar-0.5", 80);
        jobs.assertEstimates("mini-cifar-0.5", half);
        jobs.start("mini-cifar-0.7");
        jobs.awaitTrials("mini-cifar-0.7", 130);
        jobs.assertEstimates("mini-cifar-0.7", most);
        Experiment experiment = ExperimentReader.find(kafka(), "mini-cifar-0.7").orElseThrow();
        assertThat(experiment.getSampler().getKind()).isEqualTo(SamplerKind.FIXED_SIZE);
        assertThat(experiment.getSampler().getSubsetSize()).isEqualTo(31);
    }

    /** The broker lets so few bytes in that the import is sure to be in the middle. */
    @Test
    void isContinuedAfterItWasTerminated() throws Exception {
        PlainTrials trials = PlainTrials.ofSubsetSize(3, 1500, 150, 100, 100);
        HeldoutFiles.write(directory.resolve("runs/0.7"), trials);
        String[] command = {"import", "heldout", directory.resolve("runs").toString()};
        limitProducers(BYTES_PER_SECOND);
        Process process = program.start(command);
        await().atMost(Duration.ofMinutes(2)).until(() -> published("runs-0.7") > 0);
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
        limitProducers(null);
        long before = published("runs-0.7");
        assertThat(before).isBetween(1L, 1499L);

        program.run(0, command);

        assertThat(program.out())
                .contains(
                        "runs-0.7: %,d trials published, %,d already there, 0 skipped"
                                .formatted(1500 - before, before));
        assertThat(published("runs-0.7")).isEqualTo(1500);
        jobs.start("runs-0.7");
        jobs.awaitTrials("runs-0.7", 1500);
        assertThat(jobs.convergence("runs-0.7").getDuplicates()).isZero();
        jobs.assertEstimates("runs-0.7", trials);
    }

    @Test
    void stopsAtABadRunAndGoesOnWhenItIsRepaired() throws Exception {
        PlainTrials trials = PlainTrials.ofSubsetSize(4, 40, 45, 30, 31);
        Path ratio = directory.resolve("repaired/0.7");
        HeldoutFiles.write(ratio, trials);
        Path bad = truncate(ratio.resolve("20/aux_arrays.npz"));
        String[] command = {"import", "heldout", ratio.toString(), "--experiment", "repaired"};

        program.run(1, command);

        assertThat(program.err()).contains(bad.toString()).contains("not a complete .npz archive");
        assertThat(published("repaired")).isEqualTo(20);
        HeldoutFiles.write(ratio, trials, 20);
        program.run(0, command);
        assertThat(program.out()).contains("repaired: 20 trials published, 20 already there");
        jobs.start("repaired");
        jobs.awaitTrials("repaired", 40);
        jobs.assertEstimates("repaired", trials);
    }

    @Test
    void skipsBadRunsWhereAsked() throws Exception {
        PlainTrials trials = PlainTrials.ofSubsetSize(5, 40, 45, 30, 31);
        PlainTrials other = PlainTrials.ofSubsetSize(5, 40, 45, 30, 30);
        Path ratio = directory.resolve("skipped/0.7");
        HeldoutFiles.write(ratio, trials);
        truncate(ratio.resolve("0/aux_arrays.npz"));
        HeldoutFiles.write(ratio, other, 7);
        Files.write(ratio.resolve("39/aux_arrays.npz"), new byte[0]);

        program.run(0, "import", "heldout", ratio.toString(), "--on-error", "skip");

        assertThat(program.out()).contains("skipped-0.7: 37 trials published, 0 already there, 3");
        assertThat(program.err())
                .contains("skipped: " + ratio.resolve("0/aux_arrays.npz"))
                .contains("trial '7': expected 31 included examples")
                .contains("skipped: " + ratio.resolve("39/aux_arrays.npz"));
        jobs.start("skipped-0.7");
        jobs.awaitTrials("skipped-0.7", 37);
        jobs.assertEstimates("skipped-0.7", without(trials, List.of(0, 7, 39)));
    }

    /** Both layouts of the same runs, written by NumPy: they must export the same. */
    @Test
    void runsOfNumpyAreTheSameAsItsPlainArrays() throws Exception {
        Path runs = Path.of(ImportHeldoutITCase.class.getResource("importing/heldout").toURI());
        program.run(0, "import", "heldout", runs.toString(), "--experiment", "numpy");
        for (String ratio : List.of("0.5", "0.75")) {
            String plain = runs.resolve(ratio).resolve("plain.npz").toString();
            program.run(0, "import", "npz", plain, "--experiment", "plain-" + ratio);
            assertThat(export("numpy-" + ratio)).hasSameBinaryContentAs(export("plain-" + ratio));
        }
    }

    private Path export(String experiment) {
        Path file = directory.resolve(experiment + ".npz");
        program.run(
                0,
                "export",
                "--experiment",
                experiment,
                "--format",
                "reference",
                "--out",
                file.toString());
        return file;
    }

    private static Path truncate(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    }

    private static PlainTrials without(PlainTrials trials, List<Integer> bad) {
        return new PlainTrials(
                without(trials.mask(), bad),
                without(trials.trainCorrect(), bad),
                without(trials.testCorrect(), bad));
    }

    private static boolean[][] without(boolean[][] rows, List<Integer> bad) {
        return IntStream.range(0, rows.length)
                .filter(row -> !bad.contains(row))
                .mapToObj(row -> rows[row])
                .toArray(boolean[][]::new);
    }

    /** Records in the trials topic, 0 where there is none yet. */
    private static long published(String experiment) throws Exception {
        try (Admin admin = Admin.create(kafka())) {
            return admin.listTopics().names().get().contains(experiment + ".trials")
                    ? TopicSize.records(kafka(), experiment + ".trials")
                    : 0;
        }
    }

    private static void limitProducers(Double bytesPerSecond) throws Exception {
        ClientQuotaEntity everyone =
                new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
        ClientQuotaAlteration.Op limit =
                new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
        try (Admin admin = Admin.create(kafka())) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(everyone, List.of(limit))))
                    .all()
                    .get();
        }
    }

    private static Properties kafka() {
        return KafkaSettings.of(broker.bootstrapServers()).clientProperties();
    }
}
